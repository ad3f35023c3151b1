import Crypto
import Testing

@Suite struct CodecTests {
    @Test func hexIsReadInEitherCase() {
        #expect(Hex.encode([0, 10, 255]) == "000aff")
        #expect(Hex.decode("000AfF") == [0, 10, 255])
        #expect(Hex.decode("") == [])
    }

    @Test(arguments: ["0", "0g", "0x00", " 00", "00 ", "00\n", "ä0", "٠٠", "0\0"])
    func badHexIsNothing(text: String) { #expect(Hex.decode(text) == nil) }

    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64AgreesWithRFC4648(plain: String, text: String) {
        let bytes = Array(plain.utf8)
        let bare = text.filter { $0 != "=" }
        #expect(Base64.encode(bytes) == text)
        #expect(Base64.encode(bytes, padded: false) == bare)
        #expect(Base64.decode(text) == bytes)
        #expect(Base64.decode(text, padding: .optional) == bytes)
        #expect(Base64.decode(bare, padding: .optional) == bytes)
        #expect(Base64.decode(bare, padding: .forbidden) == bytes)
        #expect((Base64.decode(text, padding: .forbidden) == bytes) == (text == bare))
        #expect((Base64.decode(bare) == bytes) == (text == bare))
    }

    @Test(arguments: [
        "=", "==", "===", "====", "Z", "Zg", "Zg=", "Zg===", "Zg==\n", " Zg==", "Zg =", "Z=g=", "Zm8==", "Zh==", "Zm9=",
        "Zm9v====", "Zm9vZg", "Zm-v", "Zm_v", "Zmäv", "Zg==Zg==", "Zm9\0", "Zg.=",
    ])
    func badBase64IsNothing(text: String) { #expect(Base64.decode(text) == nil) }

    @Test(arguments: ["=", "Z", "Zg=", "Zh", "Zm9", "Zm8==", "====", "Zm9v===="])
    func optionalPaddingIsStillStrict(text: String) { #expect(Base64.decode(text, padding: .optional) == nil) }

    @Test func alphabetsDoNotMix() {
        let bytes: [UInt8] = [251, 239, 255]
        #expect(Base64.encode(bytes) == "++//")
        #expect(Base64.encode(bytes, alphabet: .url) == "--__")
        #expect(Base64.decode("--__", alphabet: .url) == bytes)
        #expect(Base64.decode("--__") == nil)
        #expect(Base64.decode("++//", alphabet: .url) == nil)
    }

    @Test func everyLengthComesBack() {
        for length in 0...70 {
            let bytes = Random.bytes(length)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
            for alphabet in [Base64.Alphabet.standard, .url] {
                #expect(Base64.decode(Base64.encode(bytes, alphabet: alphabet), alphabet: alphabet) == bytes)
            }
        }
    }
}
