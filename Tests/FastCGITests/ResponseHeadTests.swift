import TestThreads
import Testing

@testable import FastCGI

@Suite(.blocking) struct ResponseHeadTests {
    private func head(_ response: Response) -> String {
        String(decoding: ResponseHead.encode(response), as: UTF8.self)
    }

    @Test func statusFieldsAndLength() {
        let response = Response(status: 401, contentType: "application/json", body: "{}")
        #expect(
            head(response)
                == "Status: 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n")
    }

    /// What the API and the hooks answer has the phrase of its own.
    @Test(arguments: [200, 204, 304, 400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 429, 500, 503])
    func aStatusOfOursHasItsOwnPhrase(status: Int) {
        let phrase = head(Response(status: status)).prefix { $0 != "\r\n" }.dropFirst("Status: 200 ".count)
        #expect(!["", "Success", "Redirection", "Client Error", "Server Error"].contains(String(phrase)))
    }

    @Test(arguments: [0, -1, 99, 600, 20_000])
    func aStatusThatIsNoneBecomes500(status: Int) {
        #expect(head(Response(status: status)).hasPrefix("Status: 500 Internal Server Error\r\n"))
    }

    @Test func noLengthWhereHTTPForbidsOne() {
        #expect(head(Response(status: 204)) == "Status: 204 No Content\r\n\r\n")
    }

    @Test(arguments: ["\r\n", "\n", "\r", "\0", "\u{7F}", "\u{1B}"])
    func aControlCharacterInAValueBecomesASpace(control: String) {
        let text = head(Response(status: 200, headers: [("X-A", "b\(control)X-C: d")]))
        let spaces = String(repeating: " ", count: control.utf8.count)
        #expect(text == "Status: 200 OK\r\nX-A: b\(spaces)X-C: d\r\nContent-Length: 0\r\n\r\n")
    }

    @Test(arguments: ["", "X A", "X:A", "X\r\nA", "X\0", "Ä", "status", "CONTENT-LENGTH"])
    func aNameThatIsNoTokenOrTheServersOwnIsLeftOut(name: String) {
        let text = head(Response(status: 200, headers: [(name, "1"), ("X-B", "2")]))
        #expect(text == "Status: 200 OK\r\nX-B: 2\r\nContent-Length: 0\r\n\r\n")
    }

    @Test func aRefusalIsNever2xx() {
        #expect(Response(status: 200).asRefusal(of: .tooLarge(limit: 1)).status == 413)
        #expect(Response(status: 299).asRefusal(of: .badContentLength).status == 400)
        #expect(Response(status: 422).asRefusal(of: .badContentLength).status == 422)
    }
}
