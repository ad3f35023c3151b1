import JSON
import Testing
import Webhooks

@Suite("Deliveries and answers")
struct DeliveryTests {
    @Test("Header names are compared without regard to case; the first value counts; repetition is seen")
    func headers() {
        var headers = HeaderFields([("X-Signature", "one"), ("Content-Type", "text/plain"), ("x-signature", "two")])
        #expect(headers["x-signature"] == "one")
        #expect(headers.isRepeated("x-signature"))
        #expect(!headers.isRepeated("content-type"))
        #expect(headers["absent"] == nil)
        #expect(!headers.isRepeated("absent"))
        headers.append(name: "Content-TYPE", value: "text/html")
        #expect(headers.isRepeated("content-type"))
    }

    @Test(
        "The URL is put together as it was sent",
        arguments: [
            ("", "https://shop.example:8443/hook/a%20b"),
            ("x=1&y=%2F", "https://shop.example:8443/hook/a%20b?x=1&y=%2F"),
        ])
    func url(query: String, url: String) {
        let delivery = Delivery(
            requestID: "1", receivedAt: Timestamp(microseconds: 0), host: "shop.example:8443", path: "/hook/a%20b",
            query: query,
            headers: HeaderFields(), body: [])
        #expect(delivery.url == url)
    }

    @Test("Answers carry their content type")
    func answers() {
        let json = Answer.json(401, ["error": "unauthorized"])
        #expect(json.status == 401)
        #expect(String(decoding: json.body, as: UTF8.self) == #"{"error":"unauthorized"}"#)
        #expect(json.headers.map(\.value) == ["application/json"])
        #expect(Answer.text(200, "ok").headers.map(\.value) == ["text/plain; charset=utf-8"])
        #expect(Answer(status: 200).body.isEmpty)
    }
}
