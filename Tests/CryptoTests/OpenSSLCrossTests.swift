import Crypto
import Platform
import Testing

/// The openssl program and this module must accept each other's keys and signatures.
@Suite struct OpenSSLCrossTests {
    private func openssl(_ arguments: [String]) throws -> ChildOutput {
        let result = try ChildProcess.run(ChildCommand(["openssl"] + arguments))
        try #require(result.succeeded, "openssl \(arguments): \(result.errorText)")
        return result
    }

    @Test(arguments: [
        (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], SignatureAlgorithm.ecdsaSHA256, "-sha256"),
        (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], .ecdsaSHA1, "-sha1"),
        (["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], .rsaSHA256, "-sha256"),
        (["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], .rsaSHA1, "-sha1"),
    ])
    func bothSidesAgree(keyOptions: [String], algorithm: SignatureAlgorithm, digest: String) throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let (key, publicKey, certificate) = ("\(folder)/key", "\(folder)/public", "\(folder)/certificate")
        let (body, signature) = ("\(folder)/body", "\(folder)/signature")
        let message = Random.bytes(5000)
        try Files.write(body, message)
        _ = try openssl(["genpkey", "-out", key] + keyOptions)
        _ = try openssl(["pkey", "-in", key, "-pubout", "-out", publicKey])
        _ = try openssl(["req", "-x509", "-new", "-key", key, "-subj", "/CN=provider.example", "-out", certificate])

        _ = try openssl(["dgst", digest, "-sign", key, "-out", signature, body])
        let made = try Files.read(signature)
        for path in [publicKey, certificate] {
            let pem = try Files.readText(path)
            #expect(try PublicKey(pem: pem).isValid(made, algorithm, parts: [message]))
            // As eBay sends it: on one line.
            #expect(try PublicKey(pem: pem.filter { !$0.isNewline }).isValid(made, algorithm, parts: [message]))
        }

        try Files.write(signature, PrivateKey(pem: Files.readText(key)).sign(message, algorithm))
        let verdict = try openssl(["dgst", digest, "-verify", publicKey, "-signature", signature, body])
        #expect(verdict.text == "Verified OK")
    }

    @Test func weakAndUnfitKeysAreRefused() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        for options in [
            ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"], ["-algorithm", "X25519"],
            ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:1024"],
        ] {
            _ = try openssl(["genpkey", "-out", "\(folder)/key"] + options)
            let publicKey = try openssl(["pkey", "-in", "\(folder)/key", "-pubout"]).text
            #expect(throws: CryptoError.self) { try PublicKey(pem: publicKey) }
            #expect(throws: CryptoError.self) { try PrivateKey(pem: Files.readText("\(folder)/key")) }
        }
    }

    /// Of the two kinds of RSA key, one is for PSS alone.
    @Test(arguments: ["RSA", "RSA-PSS"]) func bothSidesAgreeOnPSS(kind: String) throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let (key, publicKey) = ("\(folder)/key", "\(folder)/public")
        let (body, signature) = ("\(folder)/body", "\(folder)/signature")
        let message = Array("id.timestamp.body".utf8)
        try Files.write(body, message)
        _ = try openssl(["genpkey", "-algorithm", kind, "-pkeyopt", "rsa_keygen_bits:2048", "-out", key])
        _ = try openssl(["pkey", "-in", key, "-pubout", "-out", publicKey])
        let options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:64"]
        _ = try openssl(["dgst", "-sha512"] + options + ["-sign", key, "-out", signature, body])
        let read = try PublicKey(pem: Files.readText(publicKey))
        #expect(read.isValid(try Files.read(signature), .rsaPSSSHA512, parts: [message]))
        try Files.write(signature, PrivateKey(pem: Files.readText(key)).sign(message, .rsaPSSSHA512))
        let verdict = try openssl(
            ["dgst", "-sha512"] + options + ["-verify", publicKey, "-signature", signature, body])
        #expect(verdict.text == "Verified OK")
        let made = try Files.read(signature)
        #expect(kind == "RSA" || !read.isValid(made, .rsaSHA256, parts: [message]))
    }
}
