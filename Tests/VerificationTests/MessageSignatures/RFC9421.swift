import Crypto
import Verification
import Webhooks

/// The keys and messages of RFC 9421, appendix B.
enum RFC9421 {
    static let sharedSecret =
        "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="

    static let ed25519Public = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
        -----END PUBLIC KEY-----
        """

    static let ed25519Private = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
        -----END PRIVATE KEY-----
        """

    static let p256Public = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
        w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
        -----END PUBLIC KEY-----
        """

    static let rsaPSSPublic = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
        +QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
        oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
        gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
        Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
        aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
        2wIDAQAB
        -----END PUBLIC KEY-----
        """

    /// The body of the test request.
    static let body = #"{"hello": "world"}"#
    static let digest =
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"

    /// When its signatures were made.
    static let created = Timestamp(microseconds: 1_618_884_473_000_000)

    /// The test request of appendix B.2 under a signature.
    static func request(_ input: String, _ signature: String) -> Delivery {
        var headers = HeaderFields([
            ("host", "example.com"), ("date", "Tue, 20 Apr 2021 02:07:55 GMT"), ("content-type", "application/json"),
            ("content-digest", digest), ("content-length", "18"),
        ])
        headers.append(name: "signature-input", value: input)
        headers.append(name: "signature", value: signature)
        return Delivery(
            requestID: "r", receivedAt: created, host: "example.com", path: "/foo", query: "param=Value&Pet=dog",
            headers: headers, body: Array(body.utf8))
    }

    /// A scheme of one algorithm that demands only these components, and neither a digest nor a recent time.
    static func scheme(_ algorithm: Scheme.Algorithm, key: KeyDerivation, covering: [String] = []) -> Scheme {
        .messageSignatures(
            name: "rfc9421", algorithm, key: key, rule: SignatureRule(components: covering), tolerance: nil)
    }

    /// A signature of the RFC, with what checks it.
    struct Vector: Sendable, CustomStringConvertible {
        let description: String
        let input: String
        let signature: String
        let scheme: Scheme
        let key: String

        var delivery: Delivery { request(input, signature) }
        var keyring: Keyring {
            Keyring(secrets: [SigningSecret(keyID: "any", secret: SecretBytes(utf8: key))])
        }
    }

    /// Appendix B.2.1 to B.2.3, B.2.5 and B.2.6, and the request of section 4.3.
    static let vectors: [Vector] = [
        Vector(
            description: "B.2.1",
            input: #"sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd""#,
            signature: "sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it+"
                + "+wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhz"
                + "x2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH"
                + "1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:",
            scheme: scheme(.publicKey(.rsaPSSSHA512), key: .pem), key: rsaPSSPublic),
        Vector(
            description: "B.2.2",
            input: #"sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473"#
                + #";keyid="test-key-rsa-pss";tag="header-example""#,
            signature: "sig-b22=:LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDf"
                + "KtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17S"
                + "ARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2D"
                + "SBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==:",
            scheme: scheme(.publicKey(.rsaPSSSHA512), key: .pem, covering: ["content-digest"]), key: rsaPSSPublic),
        Vector(
            description: "B.2.3",
            input: #"sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "#
                + #""content-length");created=1618884473;keyid="test-key-rsa-pss""#,
            signature: "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeG"
                + "t683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH"
                + "1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH8"
                + "96+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:",
            scheme: scheme(
                .publicKey(.rsaPSSSHA512), key: .pem,
                covering: ["@method", "@authority", "@path", "@query", "content-digest"]), key: rsaPSSPublic),
        Vector(
            description: "B.2.5",
            input: #"sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#,
            signature: "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
            scheme: scheme(.hmac(.sha256), key: .base64(prefix: "")), key: sharedSecret),
        Vector(
            description: "B.2.6",
            input: #"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")"#
                + #";created=1618884473;keyid="test-key-ed25519""#,
            signature: "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WP"
                + "pBKRCw==:",
            scheme: scheme(.publicKey(.ed25519), key: .ed25519), key: ed25519Public),
        Vector(
            description: "4.3",
            input: #"sig1=("@method" "@authority" "@path" "content-digest" "content-length" "content-type")"#
                + #";created=1618884473;keyid="test-key-rsa-pss""#,
            signature: "sig1=:LAH8BjcfcOcLojiuOBFWn0P5keD3xAOuJRGziCLuD8r5MW9S0RoXXLzLSRfGY/3SF8kVIkHjE13SEFdTo4Af"
                + "/fJ/Pu9wheqoLVdwXyY/UkBIS1M8Brc8IODsn5DFIrG0IrburbLi0uCc+E2ZIIb6HbUJ+o+jP58JelMTe0QE3IpWINTEzpxj"
                + "qDf5/Df+InHCAkQCTuKsamjWXUpyOT1Wkxi7YPVNOjW4MfNuTZ9HdbD2Tr65+BXeTG9ZS/9SWuXAc+BZ8WyPz0QRz//ec3uW"
                + "Xd7bYYODSjRAxHqX+S1ag3LZElYyUKaAIjZ8MGOt4gXEwCSLDv/zqxZeWLj/PDkn6w==:",
            scheme: .messageSignatures(
                name: "rfc9421", .publicKey(.rsaPSSSHA512), key: .pem, tolerance: nil), key: rsaPSSPublic),
    ]
}
