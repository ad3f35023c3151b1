import JSON
import LocalStack
import StackSuite
import Testing

/// `/docs` in a real browser.
@Suite(.serialized, .enabled(if: Browser.isThere, Browser.absence), .stack { try TestStack.useRealPrograms(&$0) })
struct DocumentPageTests {
    @Test func thePageShowsWhatIsSentAndAnsweredAndTriesIt() async throws {
        let stack = try TestStack.ofSuite()
        let measured = try await Browser(stack).run("docs")
        #expect((measured["operations"]?.integer ?? 0) >= 41)
    }
}
