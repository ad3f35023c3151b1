import Crypto

extension Scheme {
    /// The schemes `generic_hmac_<sha1|sha256|sha512>_<hex|base64>[_multi]`: `X-Signature` over the body, with the
    /// digest's name and `=` before the signature or without; `_multi` takes several with commas between.
    static let genericHMAC: [Scheme] = {
        let digests: [(name: String, digest: Digest)] = [("sha1", .sha1), ("sha256", .sha256), ("sha512", .sha512)]
        let encodings: [(name: String, encoding: SignatureEncoding)] = [("hex", .hex), ("base64", .base64)]
        var schemes: [Scheme] = []
        for (digestName, digest) in digests {
            for (encodingName, encoding) in encodings {
                for (ending, format) in [("", .plain), ("_multi", .several(separator: ","))]
                    as [(String, SignatureLocation.Format)]
                {
                    schemes.append(
                        Scheme(
                            name: "generic_hmac_\(digestName)_\(encodingName)\(ending)", algorithm: .hmac(digest),
                            encoding: encoding,
                            signature: SignatureLocation(
                                .headers(["x-signature", "x-convoy-signature"]), format,
                                prefix: .optional("\(digestName)="))))
                }
            }
        }
        return schemes
    }()
}
