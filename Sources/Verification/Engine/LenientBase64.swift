import Crypto

/// Base64 as people copy it: padding may be missing, and the bits after the last byte may be set, as the libraries of
/// Standard Webhooks accept. Anything else is rejected. For keys only: a signature has one spelling.
enum LenientBase64 {
    static func decode(_ text: Substring) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var characters = Array(text.utf8)
        while characters.last == UInt8(ascii: "=") { characters.removeLast() }
        let surplus = characters.count % 4
        guard surplus != 1, text.utf8.count - characters.count <= 2 else { return nil }
        if surplus > 0, let last = characters.last, let value = alphabet.firstIndex(of: last) {
            characters[characters.count - 1] = alphabet[value & (surplus == 2 ? 0b110000 : 0b111100)]
            characters += Array(repeating: UInt8(ascii: "="), count: 4 - surplus)
        }
        return Base64.decode(String(decoding: characters, as: UTF8.self))
    }
}
