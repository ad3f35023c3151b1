import JSON
import Platform
import Testing

@Suite("Random JSON")
struct FuzzTests {
    @Test("What is written is read back, member by member", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let value = JSONValue.random(depth: 5, using: &generator)
            let bytes = value.serialized()
            let read = try JSONValue(parsing: bytes)
            #expect(read == value)
            #expect(read.serialized() == bytes)
        }
    }

    @Test(
        "Mutated texts never trap; what is still read is written and read as the same",
        arguments: 0..<20 as Range<UInt64>)
    func mutated(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed &+ 1000)
        var refused = 0
        for _ in 0..<300 {
            let bytes = mutation(of: JSONValue.random(depth: 3, using: &generator).serialized(), using: &generator)
            do throws(JSONError) {
                let value = try JSONValue(parsing: bytes)
                #expect(try JSONValue(parsing: value.serialized()) == value)
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.offset))
            }
        }
        #expect(refused > 0)
    }

    @Test("Random bytes are refused or read, never a trap")
    func noise() {
        var generator = SplitMix64(seed: 7)
        for length in 0..<2000 {
            let bytes = (0..<length % 64).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if let value = try? JSONValue(parsing: bytes) { #expect(accepts(value.serialized())) }
        }
    }
}
