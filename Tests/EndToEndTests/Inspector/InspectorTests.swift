import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// The inspector page on the real stack, in a real browser, as a person uses it.
@Suite(
    .serialized, .enabled(if: Browser.isThere, Browser.absence), .stack { try InspectorStack.configure(&$0) })
struct InspectorTests: StackUser {
    let stack: LocalStack
    private let browser: Browser

    init() throws {
        stack = try TestStack.ofSuite()
        browser = try Browser(stack)
    }

    @Test func aDeliveryIsSeenArrivingAndReplayedWithAChange() async throws { _ = try await browser.run("watch") }

    @Test func aReplayWhoseAnswerIsLostIsDoneOnce() async throws { _ = try await browser.run("lost") }

    @Test func deadLettersAreRetriedAndDiscarded() async throws { _ = try await browser.run("dead_letters") }

    @Test func aReplayedDeliveryIsShownAsItIsThen() async throws { _ = try await browser.run("again") }

    @Test func aListOfAStateGetsWhatComesIntoItLater() async throws { _ = try await browser.run("filtered") }

    @Test func timesContinueAndARevokedTokenIsReplaced() async throws { _ = try await browser.run("stale") }

    @Test func sourcesTellOfSilenceSecretsAndRegistrations() async throws {
        try InspectorStack.register(StackBooks(stack), "shopify", "https://shop.example/webhook/tiktok")
        try InspectorStack.register(StackBooks(stack), "guide", "https://shop.example/elsewhere")
        try InspectorStack.storeSilent(StackBooks(stack), "tiktok")
        _ = try await browser.run("sources")
    }

    @Test func whatIsKeptIsTriedAgainAndTokensAreListed() async throws {
        try InspectorStack.storeTokens(StackBooks(stack))
        _ = try await browser.run("quarantine")
    }

    @Test func commentsAreAllowedAndDeleted() async throws { _ = try await browser.run("comments") }

    @Test func hostileBodiesAreText() async throws { _ = try await browser.run("hostile") }

    @Test func longBodiesAreLaidOutInParts() async throws {
        let measured = try await browser.run("long", within: .seconds(400))
        print("inspector: long bodies, at most \(measured.text)")
    }

    @Test func inventedAddressesNameNothing() async throws { _ = try await browser.run("places") }

    @Test func numbersAndUnchangedBytesAreExact() async throws { _ = try await browser.run("exact") }

    @Test func theSessionIsTheTabsAndEndsWithTheToken() async throws { _ = try await browser.run("session") }

    @Test func nobodyFramesThePage() async throws { _ = try await browser.run("framed") }

    @Test func offlineAndAwayAreSaidInEveryView() async throws { _ = try await browser.run("away") }

    @Test func searchesOrdersAndSourcesAreLookedInto() async throws { _ = try await browser.run("looking") }

    @Test(.enabled(if: Browser.isFirefoxThere, "no firefox-esr: scripts/deps test gets it"))
    func itWorksInFirefoxAsWell() async throws { try await browser.runFirefox() }

    @Test func askingRestsWhileNobodyLooksOrNobodyAnswers() async throws { _ = try await browser.run("broken") }

    /// Last: it looks at what the others have left.
    @Test func noViewHasASeriousFaultOfAccess() async throws {
        let measured = try await browser.run("accessible")
        #expect(measured["views"]?.integer == 36)
    }
}

/// The list of a ledger that has taken deliveries for long, and that may be read without a token.
@Suite(
    .serialized, .enabled(if: Browser.isThere, Browser.absence), .stack { try InspectorStack.configureOpen(&$0) })
struct ManyDeliveriesTests: StackUser {
    let stack: LocalStack

    init() throws { stack = try TestStack.ofSuite() }

    @Test func aTokenReplacesTheOpenSession() async throws { _ = try await Browser(stack).run("open") }

    @Test func thePageDoesNotGrow() async throws {
        let stored = LoadStack.isFull ? 100_000 : 10_000
        let books = StackBooks(stack)
        let shop = try Shop(stack)
        for number in 1...10 {
            #expect(try shop.send(.guide("order-\(number)", "UNPAID", at: Shop.now, amount: "1")).status == 200)
        }
        try InspectorStack.multiply(books, by: stored / 10 - 1, over: "5 days")
        #expect(try books.count("select count(*) from events") == stored)
        let measured = try await Browser(stack).run("many")
        print("inspector: \(stored) deliveries stored, \(measured.text)")
    }
}
