import Glibc
import JSON
import Platform
import Testing

/// What a reader makes of bytes.
private enum Reading: Equatable {
    case value(JSONValue)
    case refused(JSONError)

    init(_ read: () throws(JSONError) -> JSONValue) {
        do throws(JSONError) { self = .value(try read()) } catch { self = .refused(error) }
    }

    /// The value with all that was left for later made now, or the error.
    static func ofTheReader(_ bytes: [UInt8]) -> Reading {
        Reading { () throws(JSONError) in try JSONValue(parsing: bytes) }
    }

    static func ofTheReference(_ bytes: [UInt8]) -> Reading {
        Reading { () throws(JSONError) in
            var reader = ReferenceReader(bytes)
            return try reader.document()
        }
    }
}

extension JSONValue {
    /// The same value without a view of a text in it.
    fileprivate var made: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.made))
        case .object(let object):
            .object(JSONObject(distinct: object.members.map { JSONObject.Member(key: $0.key, value: $0.value.made) }))
        default: self
        }
    }
}

@Suite("The reader and a plain recursive one agree")
struct ReferenceTests {
    /// Value or error, all texts of the value, and its members by key.
    private func compare(_ bytes: [UInt8], _ name: String) throws {
        let (ours, theirs) = (Reading.ofTheReader(bytes), Reading.ofTheReference(bytes))
        #expect(ours == theirs, "\(name): \(String(decoding: bytes.prefix(2000), as: UTF8.self))")
        guard case .value(let ours) = ours, case .value(let theirs) = theirs else { return }
        #expect(ours.serialized() == theirs.serialized(), "\(name)")
        #expect(ours.storableText == theirs.storableText, "\(name)")
        #expect(ours.storable == theirs.storable, "\(name)")
        #expect(ours.made == theirs && ours.hashValue == theirs.hashValue, "\(name)")
        try compareMembers(ours, theirs, name)
    }

    private func compareMembers(_ ours: JSONValue, _ theirs: JSONValue, _ name: String) throws {
        switch (ours, theirs) {
        case (.array(let ours), .array(let theirs)):
            for (ours, theirs) in zip(ours, theirs) { try compareMembers(ours, theirs, name) }
        case (.object(let ours), .object(let theirs)):
            #expect(ours.members == theirs.members && ours.isEmpty == theirs.isEmpty, "\(name)")
            for member in theirs.members {
                #expect(ours[member.key] == member.value, "\(name)")
                #expect(ours[member.key + "x"] == theirs[member.key + "x"], "\(name)")
                try compareMembers(try #require(ours[member.key]), member.value, name)
            }
            if let member = theirs.members.randomElement() { compareChanges(ours, theirs, member.key, name) }
        default: break
        }
    }

    private func compareChanges(_ ours: JSONObject, _ theirs: JSONObject, _ key: String, _ name: String) {
        var (ours, theirs) = (ours, theirs)
        (ours[key], theirs[key]) = (nil, nil)
        #expect(ours.members == theirs.members, "\(name) without \(key)")
        (ours["new"], theirs["new"]) = (1, 1)
        (ours[key], theirs[key]) = ("again", "again")
        #expect(ours.members == theirs.members, "\(name) with \(key) at its end")
    }

    @Test("All samples, as they are and cut off anywhere")
    func samples() throws {
        let files = Self.samples()
        #expect(files.count > 100)
        for (name, bytes) in files {
            try compare(bytes, name)
            for length in stride(from: 0, to: min(bytes.count, 4000), by: 7) {
                try compare(Array(bytes[..<length]), "\(name), \(length) bytes")
            }
        }
    }

    @Test("Mutated samples", arguments: 0..<20 as Range<UInt64>)
    func mutatedSamples(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let files = Self.samples().filter { $0.bytes.count < 6000 }
        for _ in 0..<200 {
            guard let (name, bytes) = files.randomElement(using: &generator) else { return }
            try compare(mutation(of: bytes, using: &generator), "\(name), mutated by seed \(seed)")
        }
    }

    @Test("Random texts with repeated keys, escapes and many members", arguments: 0..<20 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed &+ 500)
        for _ in 0..<100 {
            var text: [UInt8] = []
            Self.write(depth: 4, &text, using: &generator)
            try compare(text, "seed \(seed)")
            try compare(mutation(of: text, using: &generator), "seed \(seed), mutated")
        }
    }

    /// The files below `samples`, the expected results among them.
    private static func samples() -> [(name: String, bytes: [UInt8])] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        var files: [(name: String, bytes: [UInt8])] = []
        var folders = ["/\(root)/samples"]
        while let folder = folders.popLast() {
            guard let directory = opendir(folder) else { continue }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name.hasPrefix(".") { continue }
                let path = "\(folder)/\(name)"
                if entry.pointee.d_type == DT_DIR { folders.append(path) } else { files.append((path, content(path))) }
            }
        }
        return files.sorted { $0.name < $1.name }
    }

    private static func content(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&part, 1, part.count, file)
            if count == 0 { return bytes }
            bytes += part[..<count]
        }
    }

    private static let words = [
        "a", "b", "ab", "\\u0061", "é", "e\u{301}", "\\u00e9", "\u{7F}", "\\u0000", "\\ud800", "\\n",
    ]

    /// Texts that a writer would not make: few different keys, written in several ways, and white space.
    private static func write(depth: Int, _ text: inout [UInt8], using generator: inout SplitMix64) {
        func string(_ generator: inout SplitMix64) -> String {
            let parts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                words.randomElement(using: &generator) ?? ""
            }
            return "\"\(parts.joined())\""
        }
        let space = ["", " ", "\n\t"].randomElement(using: &generator) ?? ""
        text += Array(space.utf8)
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: text += Array("null".utf8)
        case 1: text += Array("true".utf8)
        case 2: text += Array("false".utf8)
        case 3: text += Array("-12345678901234567890.5".utf8)
        case 4: text += Array("1e\(Int.random(in: 0..<9999, using: &generator))".utf8)
        case 5: text += Array(string(&generator).utf8)
        case 6:
            text.append(UInt8(ascii: "["))
            for place in 0..<Int.random(in: 0..<5, using: &generator) {
                if place > 0 { text.append(UInt8(ascii: ",")) }
                write(depth: depth - 1, &text, using: &generator)
            }
            text.append(UInt8(ascii: "]"))
        default:
            text.append(UInt8(ascii: "{"))
            for place in 0..<([3, 14, 16, 18, 60].randomElement(using: &generator) ?? 0) {
                if place > 0 { text.append(UInt8(ascii: ",")) }
                text += Array("\(space)\(string(&generator))\(space):".utf8)
                write(depth: depth - (place > 3 ? 4 : 1), &text, using: &generator)
            }
            text.append(UInt8(ascii: "}"))
        }
        text += Array(space.utf8)
    }
}
