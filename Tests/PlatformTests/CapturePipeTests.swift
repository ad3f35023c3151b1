import Glibc
import Testing

@testable import Platform

@Suite struct CapturePipeTests {
    /// The child writes its last line and ends at the very moment at which it is asked for its end. A grandchild keeps
    /// the pipe open.
    @Test func theLastOutputIsNotLostAtTheEnd() throws {
        let command = ChildCommand(["a child"])
        var (output, errors) = (try CapturePipe(command), try CapturePipe(command))
        defer {
            output.close()
            errors.close()
        }
        let writing = output.writing
        var written = 0
        let timedOut = CapturePipe.readAll(&output, &errors, until: .now + .seconds(60), 100) {
            if written == 0 { written = write(writing, "last", 4) }
            return false
        }
        #expect(written == 4)
        #expect(!timedOut)
        #expect(String(decoding: output.bytes, as: UTF8.self) == "last")
    }
}
