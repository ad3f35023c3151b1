import JSON
import Testing

@Suite("Text that was not sent as UTF-8")
struct RepairTests {
    private func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(clamping: $0.value) } }

    @Test("Strict UTF-8 is read once, and names nothing")
    func strict() throws {
        let read = try JSONValue.repaired(parsing: Array(#"{"a":"Müller €"}"#.utf8))
        #expect(read.value == ["a": "Müller €"] && read.members.isEmpty)
    }

    @Test("A byte of Latin-1 is its character, and its member is named; what was UTF-8 stays")
    func repaired() throws {
        var bytes = latin(#"{"id":7,"name":"Jos\#u{E9}","b":{"c":["M\#u{FC}ller"]},"e":""#)
        bytes += Array("é".utf8) + latin(#"","f":1}"#)
        let read = try JSONValue.repaired(parsing: bytes)
        #expect(read.value == ["id": 7, "name": "José", "b": ["c": ["Müller"]], "e": "é", "f": 1])
        #expect(read.members == ["name", "b"])
    }

    @Test(
        "The bytes that Windows has more than Latin-1",
        arguments: [(0x80, "€"), (0x93, "“"), (0x9F, "Ÿ"), (0x81, "\u{81}")])
    func windows(byte: Int, character: String) throws {
        let bytes = Array(#"{"a":""#.utf8) + [UInt8(byte)] + Array(#""}"#.utf8)
        #expect(try JSONValue.repaired(parsing: bytes).value == ["a": .string(character)])
    }

    @Test("Text without members is named as a whole")
    func noMembers() throws {
        #expect(try JSONValue.repaired(parsing: [0x22, 0xE9, 0x22]).members == ["body"])
    }

    @Test(
        "What is no JSON either way stays none",
        arguments: [[0xE9], [0x7B, 0xE9, 0x7D], [0x22, 0xE9], [0x22, 0x0A, 0xE9, 0x22]] as [[UInt8]])
    func stillWrong(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue.repaired(parsing: bytes) }
    }
}
