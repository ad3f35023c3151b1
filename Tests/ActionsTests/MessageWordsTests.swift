import JSON
import Jobs
import Rules
import Testing
import Webhooks

@testable import Actions

@Suite struct MessageWordsTests {
    private func subject(_ status: String, number: String? = "ORD-456", type: String = "order.updated") -> JobSubject {
        var fields = JSONObject()
        fields["status"] = .string(status)
        fields["order_number"] = number.map(JSONValue.string)
        var subject = Subjects.subject(order: Subjects.order(fields))
        subject.event.type = type
        return subject
    }

    @Test(arguments: [
        ("processing", "We are preparing your order."), ("shipped", "Your order is on the way!"),
        ("delivered", "Your order has been delivered. Enjoy!"), ("cancelled", "Your order has been cancelled."),
        ("on_fire", ""),
    ]) func sayTheSentenceOfTheGuide(status: String, phrase: String) {
        #expect(
            MessageWords().content(.statusUpdate, for: subject(status))
                == "Hi! Your order #ORD-456 status has been updated to: \(status). \(phrase)")
    }

    @Test func anOrderWithoutANumberIsCalledByItsID() {
        #expect(
            MessageWords().content(.orderConfirmation, for: subject("new", number: nil))
                .contains("#576486316948490001"))
    }

    /// Shopify's numbers begin with the sign that the sentences have.
    @Test(arguments: [("#1061", "#1061"), ("##7", "##7"), ("A#1", "#A#1"), ("#", "#")])
    func aNumberBringsNoSignOfItsOwn(number: String, expected: String) {
        #expect(
            MessageWords().content(.statusUpdate, for: subject("shipped", number: number))
                == "Hi! Your order \(expected) status has been updated to: shipped. Your order is on the way!")
    }

    @Test func wordsThatQuoteTheBodyAskForIt() {
        #expect(!MessageWords().needsBody)
        for words in [
            MessageWords(statusUpdate: "{payload.n}"), MessageWords(orderConfirmation: "{payload.n}"),
            MessageWords(welcome: "{payload.n}"),
        ] { #expect(words.needsBody) }
    }

    @Test func theShopsOwnWordsCount() {
        let words = MessageWords(
            statusUpdate: "{order_number}: {status}, {phrase} {order.status} {order.extra.gift}",
            phrases: [("SHIPPED", "unterwegs")])
        #expect(words.content(.statusUpdate, for: subject("Shipped")) == "ORD-456: Shipped, unterwegs Shipped true")
        #expect(MessageWords(welcome: "Moin").content(.welcome, for: subject("x")) == "Moin")
    }

    @Test func theOccasionFollowsFromTheEvent() throws {
        let told = try #require(MessageOccasion(subject("shipped")))
        #expect(told.kind == .statusUpdate && told.kind.flag == nil)
        #expect(told.key == "status_update:tiktok-shop:576486316948490001:shipped")
        let new = try #require(MessageOccasion(subject("shipped", type: "order.created")))
        #expect(new.kind.flag == "send_order_confirmation" && !new.key.hasSuffix("shipped"))
        var customer = Subjects.subject(order: nil)
        customer.record = StoredRecord(.customer, id: "789", fields: JSONObject())
        customer.event.type = "customer.created"
        #expect(MessageOccasion(customer)?.kind.flag == "send_welcome_message")
        customer.event.type = "customer.updated"
        #expect(MessageOccasion(customer) == nil)
        #expect(MessageOccasion(subject(""))?.isComplete == false)
    }

    @Test(arguments: [
        (#"{"customerId":"789"}"#, "789"), (#"{"customer_id":12}"#, "12"),
        (#"{"customer":{"id":820982911946154508}}"#, "820982911946154508"), (#"{"customer_id":0}"#, nil),
    ]) func theAddresseeIsNamedAsTheSenderDoes(extra: String, id: String?) throws {
        var subject = subject("shipped")
        subject.order?.extra = try #require(try JSONValue(parsing: Array(extra.utf8)).object)
        subject.order?.fields["email"] = "a@b.example"
        #expect(try #require(Addressee(subject)).id == id)
    }

    @Test func whoIsNotNamedIsNotWrittenTo() { #expect(Addressee(subject("shipped")) == nil) }
}
