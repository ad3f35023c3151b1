import Crypto
import JSON
import Jobs
import Outbound

/// The documents of one Coze dataset (https://www.coze.com/docs/developer_guides/create_knowledge_files): ids are texts
/// with the header `Agw-Js-Conv`, and success is `code` 0 in an answer of status 200. The content of a document cannot
/// be changed: another one is created, and the first deleted.
struct CozeDocuments: Sendable {
    static let defaultBase = "https://api.coze.com"
    /// How many documents one page of a list has, and one request deletes at most.
    static let pageSize = 100

    let base: String
    let token: SecretBytes
    let dataset: String
    let timeout: Duration

    /// One page of the dataset's documents; pages count from 1.
    func list(page: Int) -> HTTPRequest {
        request(
            "list",
            [
                "dataset_id": .string(dataset), "page": .number(JSONNumber(Int64(page))),
                "size": .number(JSONNumber(Int64(Self.pageSize))),
            ])
    }

    /// Deletes documents.
    func delete(_ ids: [String]) -> HTTPRequest {
        request("delete", ["document_ids": .array(ids.map(JSONValue.string))])
    }

    /// Makes a document of that text. It has the type of plain text: the types that are taken are pdf, txt, doc and docx.
    func create(name: String, text: [UInt8]) -> HTTPRequest {
        let source: JSONValue = ["file_base64": .string(Base64.encode(text)), "file_type": "txt"]
        return request(
            "create",
            [
                "dataset_id": .string(dataset),
                "document_bases": [["name": .string(name), "source_info": source]],
                // 0: Coze cuts it by its own rules. It counts for the first document of a dataset.
                "chunk_strategy": ["chunk_type": 0], "format_type": 0,
            ])
    }

    private func request(_ verb: String, _ body: JSONValue) -> HTTPRequest {
        HTTPRequest(
            method: "POST", url: "\(base.withoutTrailingSlash)/open_api/knowledge/document/\(verb)",
            headers: [
                .init("Authorization", "Bearer " + token.text), .init("Content-Type", "application/json"),
                .init("Agw-Js-Conv", "str"),
            ], body: body.serialized(), totalTimeout: timeout,
            responseLimit: 4 << 20)
    }
}

/// What Coze answers.
enum CozeAnswer {
    /// `code` 0, and all of the answer.
    case taken(JSONValue)
    /// Anything else, as the end of the attempt.
    case failed(Outcome)

    init(_ reply: Reply) {
        guard case .success(let response) = reply else {
            self = .failed(AnswerJudgement.outcome(of: reply))
            return
        }
        let answer = try? JSONValue(parsing: response.body)
        let detail = answer?["msg"]?.string ?? AnswerJudgement.excerpt(response.text)
        guard (200..<300).contains(response.status) else {
            self = .failed(
                AnswerJudgement.outcome(status: response.status, header: response.header, detail: detail))
            return
        }
        guard let answer, let code = answer["code"]?.integer else {
            self = .failed(.unanswered("answered \(response.status), but not as Coze does"))
            return
        }
        self = code == 0 ? .taken(answer) : .failed(.retry(counted: true, reason: "code \(code): \(detail)"))
    }
}
