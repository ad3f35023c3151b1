import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import Synchronization
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

    /// One after another in one browser, in this order.
    static let scenarios = [
        // A delivery is seen arriving, and replayed with a change.
        "watch",
        // A replay whose answer is lost is done once.
        "lost",
        // Dead letters are retried and discarded.
        "dead_letters",
        // A replayed delivery is shown as it is then.
        "again",
        // A list of a state gets what comes into it later.
        "filtered",
        // Times continue, and a revoked token is replaced.
        "stale",
        // Comments are allowed and deleted.
        "comments",
        // Jobs that are held say why, in every view.
        "held",
        // Bodies, fields and answers of destinations are text, and what hides in them is shown.
        "hostile",
        // Invented addresses name nothing.
        "places",
        // Numbers, and the bytes that nobody changed, are exact.
        "exact",
        // The session is the tab's and ends with the token.
        "session",
        // Nobody frames the page.
        "framed",
        // Offline and away are reported in every view.
        "away",
        // Searches, copies, orders and sources.
        "looking",
        // Everything by keyboard.
        "keyboard",
        // Requests stop while nobody looks or nobody answers.
        "broken",
    ]

    @Test(arguments: scenarios) func aPersonUsesIt(_ scenario: String) async throws {
        let browser = browser
        let running = Self.running.withLock { running in
            let task = running ?? Task { try await browser.run(Self.scenarios) }
            running = task
            return task
        }
        _ = try Browser.measured(try await running.value, scenario)
    }

    /// All of them, once one is asked for.
    private static let running = Mutex<Task<JSONValue, any Error>?>(nil)

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

    @Test func longBodiesAreLaidOutInParts() async throws {
        let measured = try await browser.run("long")
        print("inspector: long bodies, at most \(measured.text)")
    }

    @Test(.enabled(if: Browser.isFirefoxThere, "no firefox-esr: scripts/deps test gets it"))
    func itWorksInFirefoxAsWell() async throws { try await browser.runFirefox() }

    /// Last: it looks at what the others have left.
    @Test func noViewHasAFaultOfAccess() async throws {
        let measured = try await browser.run("accessible")
        let places = try #require(measured["places"]?.integer)
        #expect(places == 14 && measured["views"]?.integer == 4 * (1 + places + 7))
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
