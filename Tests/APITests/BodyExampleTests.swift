import JSON
import Ledger
import TestThreads
import Testing
import Webhooks

@testable import API

/// The bodies that the document gives as examples, which `/docs` puts into its forms.
@Suite(.blocking) struct BodyExampleTests {
    @Test func everyExampleIsTaken() throws {
        let fixture = try APIFixture()
        let token = try fixture.token(.admin)
        let document = try OpenAPIDocument()
        var taken = 0
        for operation in document.operations where operation.value["requestBody"] != nil {
            let media = operation.value["requestBody"]?["content"]?["application/json"]
            let example = try #require(media?["example"], "\(operation)")
            let schema = document.resolved(media?["schema"] ?? .null)
            for member in schema["required"]?.array ?? [] {
                #expect(example[member.string ?? ""] != nil, "\(operation): \(member.text)")
            }
            let members = schema["properties"]?.object?.members ?? []
            #expect(!members.isEmpty, "\(operation) says what is sent")
            if operation.isElsewhere { continue }
            let path = operation.path.replacing("{id}", with: "1")
            let answer = fixture.answer(fixture.request("POST", path, token: token, body: example.text))
            // There is no event, job or comment of that id, and no action that deletes comments.
            #expect([200, 404, 409].contains(answer.status), "\(operation): \(answer.text)")
            taken += 1
        }
        #expect(taken >= 8)
    }
}
