internal import Platform

/// The self-signed certificate of a stack: for localhost and 127.0.0.1.
enum Certificate {
    /// Creates certificate and key unless they exist and are valid for another week, so that a client's trust survives
    /// a restart.
    static func ensure(in folder: StackFolder) throws(StackError) {
        let openssl = try Program.find("openssl", package: "openssl")
        try StackError.wrap {
            if Files.exists(folder.certificateKey) {
                let check = ["x509", "-noout", "-checkend", "604800", "-in", folder.certificate]
                if try ChildProcess.run(ChildCommand([openssl] + check)).succeeded { return }
            }
            let made = try ChildProcess.run(
                ChildCommand([
                    openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "825", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-addext", "extendedKeyUsage=serverAuth", "-keyout", folder.certificateKey,
                    "-out", folder.certificate,
                ]))
            guard made.succeeded else { throw StackError(.failed, "openssl made no certificate: \(made.errorText)") }
            try Files.setMode(folder.certificateKey, 0o600)
        }
    }
}
