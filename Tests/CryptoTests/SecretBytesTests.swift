import Crypto
import Testing

@Suite struct SecretBytesTests {
    struct Holder { let secret: SecretBytes }

    @Test func nothingShowsTheSecret() {
        let holder = Holder(secret: SecretBytes(utf8: "geheim"))
        var dumped = ""
        dump(holder, to: &dumped)
        for text in [
            "\(holder)", String(reflecting: holder), "\(holder.secret)", String(reflecting: holder.secret), dumped,
        ] {
            #expect(text.contains("<secret>"))
            #expect(!text.contains("geheim"))
            #expect(!text.contains("103"), "the bytes as numbers")
        }
        #expect(Mirror(reflecting: holder.secret).children.isEmpty)
    }

    @Test func comparisonIsByContent() {
        let secret = SecretBytes(utf8: "geheim")
        #expect(secret.equals(SecretBytes(utf8: "geheim")))
        #expect(!secret.equals(SecretBytes(utf8: "geheiM")))
        #expect(!secret.equals(SecretBytes(utf8: "geheim!")))
        #expect(secret.equals(Array("geheim".utf8)))
        #expect(!secret.equals([]))
        #expect(SecretBytes([]).equals([]))
        #expect(SecretBytes([]).isEmpty)
    }

    @Test func theGivenArrayIsEmptiedAndTheSecretStays() {
        var bytes: [UInt8] = [1, 2, 3]
        let secret = SecretBytes(cleansing: &bytes)
        #expect(bytes.isEmpty)
        #expect(secret.reveal() == [1, 2, 3])
        #expect(secret.count == 3)
    }

    @Test func arraysAreEqualOnlyWhenEveryByteIs() {
        #expect(constantTimeEquals([], []))
        #expect(constantTimeEquals([1, 2], [1, 2]))
        #expect(!constantTimeEquals([1, 2], [1, 3]))
        #expect(!constantTimeEquals([1, 2], [1, 2, 3]))
        #expect(!constantTimeEquals([1], []))
    }
}
