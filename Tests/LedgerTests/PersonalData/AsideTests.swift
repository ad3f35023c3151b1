import Crypto
import JSON
import LedgerSupport
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// Deliveries that were set aside of the spool: no table has them, and still a request about a person reaches them.
@Suite(.blocking) final class AsideTests {
    let folder: String
    let ledger: LedgerFixture
    let batch: Connection
    private static let key = KeyFile(SecretBytes([UInt8](repeating: 7, count: 32)))

    init() throws {
        folder = try Files.makeTemporaryFolder()
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
    }

    deinit { try? Files.remove(folder) }

    private var spool: Spool { Spool(folder: folder + "/spool", key: Self.key) }

    private func delivery(
        _ request: String, _ body: String, shop: String? = nil, source: String = "shop"
    ) -> SpooledDelivery {
        SpooledDelivery(
            source: source, provider: "shopify",
            delivery: Delivery(
                requestID: request, receivedAt: Guide.now, path: "/webhook/shopify",
                headers: HeaderFields(shop.map { [("x-shopify-shop-domain", $0)] } ?? []), body: Array(body.utf8),
                remoteAddress: "192.0.2.1"))
    }

    /// What is left: request ids and bodies, of all files.
    private func left() throws -> [String: String] {
        let path = folder + "/spool/aside"
        var left: [String: String] = [:]
        for name in try Files.list(path) {
            for one in SpoolSegment.read(try Files.read("\(path)/\(name)"), key: Self.key.credentialKey).deliveries {
                left[one.delivery.requestID] = String(decoding: one.delivery.body, as: UTF8.self)
            }
        }
        return left
    }

    private func answer(_ host: String = "one") throws -> [AsideRequests.Done] {
        try AsideRequests.answer(
            spool: folder + "/spool", key: Self.key, copies: folder + "/copies", host: host, on: batch)
    }

    private func ask(_ kind: AsideRequests.Kind, _ person: Person) throws -> Int64 {
        let api = try ledger.connect(as: "hookledger_api")
        return try AsideRequests.ask(kind, of: person, PersonRequest(actor: "token:x", reason: "r"), on: api)
    }

    private static var ann: Person {
        var person = Person(source: nil)
        (person.emails, person.orderIDs, person.customerIDs) = (["ann@mail.example"], ["1001"], ["77"])
        return person
    }

    private func story() throws {
        try spool.setAside([
            delivery("own", #"{"id":1,"email":"ann@mail.example"}"#),
            delivery("neighbour", #"{"id":2,"email":"joann@mail.example"}"#),
            delivery("quoting", #"{"id":3,"email":"bob@mail.example","note":"for ann@mail.example, please"}"#),
        ])
        try spool.setAside([delivery("named", #"{"id":1001,"address":"Ann Street"}"#)])
        try spool.setAside([delivery("customer", #"{"customer":{"id":77},"address":"Ann Street"}"#)])
    }

    @Test func theBatchProcessorTakesOutWhatTheAPICannotReach() throws {
        try story()
        _ = try ask(.forget, Self.ann)
        #expect(try answer() == [.init(kind: .forget, deliveries: 4, file: nil)])
        #expect(
            try left() == [
                "neighbour": #"{"id":2,"email":"joann@mail.example"}"#,
                "quoting": #"{"id":3,"email":"bob@mail.example","note":"for [redacted], please"}"#,
            ])
        // Once for each host, and for as long as one may come.
        #expect(try answer() == [])
        #expect(try answer("two") == [.init(kind: .forget, deliveries: 0, file: nil)])
        #expect(
            try ledger.value(
                "select string_agg(actor || ' ' || action || ' ' || (details ->> 'deliveries'), '|') from operator_log")
                == "token:x aside.forget 4")
        try ledger.superuser.execute("update aside_requests set requested_at = now() - interval '25 hours'")
        #expect(try answer("three") == [])
        #expect(try ledger.value("select count(*) from aside_requests") == "0")
    }

    @Test func aCopyIsAFileForNobodyElse() throws {
        try story()
        let id = try ask(.copy, Self.ann)
        let file = AsideRequests.file(id, in: folder + "/copies")
        #expect(try answer() == [.init(kind: .copy, deliveries: 4, file: file)])
        #expect(try Files.status(file)?.mode == 0o600)
        let text = try Files.readText(file)
        #expect(text.contains("Ann Street") && !text.contains("joann") && !text.contains("bob@"))
        #expect(try left().count == 5)
        var nobody = Person(source: nil)
        nobody.emails = ["carl@mail.example"]
        let none = try ask(.copy, nobody)
        #expect(try answer().map(\.deliveries) == [0])
        #expect(!Files.exists(AsideRequests.file(none, in: folder + "/copies")))
    }

    /// A request of one shop reaches nothing of another, whatever an unsigned header says.
    @Test func anotherShopsDeliveriesStay() throws {
        let body = #"{"id":5,"email":"ann@mail.example"}"#
        try spool.setAside([
            delivery("mine", body, shop: "mine.myshopify.com"), delivery("theirs", body, shop: "theirs.myshopify.com"),
            delivery(
                "captured", #"{"id":6,"email":"ann@mail.example","url":"https://theirs.myshopify.com/6"}"#,
                shop: "mine.myshopify.com"), delivery("elsewhere", body, source: "other"),
        ])
        var person = Person(source: "shop")
        (person.emails, person.askingShop) = (["ann@mail.example"], "mine.myshopify.com")
        _ = try ask(.forget, person)
        #expect(try answer().map(\.deliveries) == [1])
        #expect(try left().keys.sorted() == ["captured", "elsewhere", "theirs"])
        var shop = Person(source: "shop")
        shop.shop = "theirs.myshopify.com"
        _ = try ask(.forget, shop)
        #expect(try answer().map(\.deliveries) == [1])
        #expect(try left().keys.sorted() == ["captured", "elsewhere"])
    }

    /// Without its key a file cannot be read as deliveries: one that quotes the person goes as a whole, others stay.
    @Test func whatCannotBeReadGoesAsAWhole() throws {
        try story()
        try Files.write(folder + "/spool/aside/9.torn", text: "…ann@mail.example…")
        try Files.write(folder + "/spool/aside/8.torn", text: "…joann@mail.example…")
        #expect(try SpoolAside(of: Self.ann, folder: folder + "/spool", key: Self.key).redact() == 5)
        #expect(try Files.list(folder + "/spool/aside").filter { $0.hasSuffix(".torn") } == ["8.torn"])
    }

    @Test func aRequestIsWrittenAndReadWhole() throws {
        var person = Person(source: "a")
        (person.provider, person.customerIDs, person.emails, person.phones) = (
            "shopify", ["1"], ["a@b.c"], ["+4930123456"]
        )
        (person.orderIDs, person.shop, person.askingShop, person.country) = (["2"], "s", "t", "DE")
        #expect(Person(person.json) == person && Person(Person(source: nil).json) == Person(source: nil))
    }
}
