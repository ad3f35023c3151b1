import Settings
import Testing

/// How many committers a host has.
struct ResponderSettingsTests {
    @Test("the processors decide", arguments: [(1, 1), (2, 1), (3, 1), (4, 2), (7, 3), (8, 4), (64, 4)])
    func standard(_ processors: Int, _ committers: Int) {
        #expect(ResponderSettings.standardCommitters(processors: processors) == committers)
    }
}
