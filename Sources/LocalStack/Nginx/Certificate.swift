internal import Platform

/// Self-signed certificates, for trying things out.
public enum Certificate {
    /// The command that makes one, with a new key.
    ///
    /// - Parameters:
    ///   - names: in the form of openssl(1), such as `DNS:localhost`.
    ///   - file: of the certificate.
    ///   - key: of the private key.
    public static func command(openssl: String = "openssl", names: [String], file: String, key: String) -> [String] {
        let name = names.first?.split(separator: ":").last ?? "localhost"
        return [
            openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "825", "-subj", "/CN=\(name)", "-addext", "subjectAltName=" + names.joined(separator: ","), "-addext",
            "extendedKeyUsage=serverAuth", "-keyout", key, "-out", file,
        ]
    }

    /// Of a stack, for localhost and 127.0.0.1: creates certificate and key unless they exist and are valid for another week, so that a client's trust survives
    /// a restart.
    static func ensure(in folder: StackFolder) throws(StackError) {
        let openssl = try Program.find("openssl", package: "openssl")
        try StackError.wrap {
            if Files.exists(folder.certificateKey) {
                let check = ["x509", "-noout", "-checkend", "604800", "-in", folder.certificate]
                if try ChildProcess.run(ChildCommand([openssl] + check)).succeeded { return }
            }
            let made = try ChildProcess.run(
                ChildCommand(
                    command(
                        openssl: openssl, names: ["DNS:localhost", "IP:127.0.0.1"], file: folder.certificate,
                        key: folder.certificateKey)))
            guard made.succeeded else { throw StackError(.failed, "openssl made no certificate: \(made.errorText)") }
            try Files.setMode(folder.certificateKey, 0o600)
        }
    }
}
