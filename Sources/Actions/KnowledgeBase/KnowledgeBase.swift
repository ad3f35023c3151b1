import Crypto
import JSON
import Jobs
import Outbound
import Postgres
import Settings
import Webhooks

/// Brings the document of the products in a Coze dataset up to date: finds it by its name, creates it again from the products
/// as they are at that moment, and deletes the one before. So who reads the dataset always finds a document.
///
/// One job stands for all product events of a while, and only one runs at a time, so there is no effect to keep: after
/// whatever happened to the last sync, the next one begins with the list of what is there. All but one that broken syncs
/// have left are deleted before another one is created, so they never become many.
struct KnowledgeBase: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "knowledge_base",
        [
            .init("token", .secret, required: true, "The token of the API."),
            .init("dataset", .text, required: true, "The dataset's id."),
            .init("base_url", .url, standard: CozeDocuments.defaultBase, "The API's address."),
            .init(
                "document", .text, standard: defaultDocument,
                "The document's name in the dataset; an existing one is replaced."),
            .init("source", .source, standard: "all sources", "The source whose products are synced."),
            .init(
                "debounce", .duration(.zero ... .seconds(3600)), standard: DurationText.write(defaultDebounce),
                "How long product events are collected before a sync."),
        ]
    ) {
        $0.flag = "auto_sync_products"
        $0.sharing = .init(.action, delayKey: "debounce", delay: defaultDebounce, restarts: false)
    }
    private static let defaultDebounce = Duration.seconds(10)
    private static let defaultDocument = "products"
    let retryPolicy: RetryPolicy
    private let documents: CozeDocuments
    private let document: String
    private let source: String?
    private let isOn: Bool

    /// - Returns: nil without a token or a dataset.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let token = settings.secret("token"), let dataset = settings.text("dataset") else { return nil }
        self.init(
            name: settings.name,
            documents: CozeDocuments(
                base: settings.text("base_url") ?? CozeDocuments.defaultBase, token: token, dataset: dataset,
                timeout: settings.timeout),
            document: settings.text("document") ?? Self.defaultDocument, source: settings.text("source"),
            isOn: settings.isSwitchedOn(all.flags), retryPolicy: settings.retry)
    }

    /// - Parameters:
    ///   - document: what the document is called.
    ///   - source: only the products of that sender; nil for all.
    ///   - isOn: whether products are synced at all (WEBHOOK_AUTO_SYNC_PRODUCTS).
    init(
        name: String, documents: CozeDocuments, document: String = "products", source: String? = nil,
        isOn: Bool = true, retryPolicy: RetryPolicy = .standard
    ) {
        self.name = name
        self.documents = documents
        self.document = document
        self.source = source
        self.isOn = isOn
        self.retryPolicy = retryPolicy
    }

    var destination: String? { documents.list(page: 1).destination }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard isOn else { return .ended(.skipped("products are not synced: the flag auto_sync_products is off")) }
        return list(page: 1, found: [])
    }

    /// - Parameter found: the documents of the pages before.
    private func list(page: Int, found: [String]) -> Step {
        call(documents.list(page: page)) { answer in
            let infos = answer["document_infos"]?.array ?? []
            let named = infos.filter { $0["name"]?.string == document }
            let ids = found + named.compactMap { $0["document_id"]?.identifier }
            let isLast = infos.isEmpty || Int64(page * CozeDocuments.pageSize) >= answer["total"]?.integer ?? 0
            return isLast ? clear(Array(ids.dropLast()), old: ids.last) : list(page: page + 1, found: ids)
        }
    }

    /// Deletes all but one of what is there, then creates.
    private func clear(_ surplus: [String], old: String?) -> Step {
        guard let old, !surplus.isEmpty else { return create(inPlaceOf: old) }
        return call(documents.delete(Array(surplus.prefix(CozeDocuments.pageSize)))) { _ in
            clear(Array(surplus.dropFirst(CozeDocuments.pageSize)), old: old)
        }
    }

    /// Reads the products as late as can be.
    private func create(inPlaceOf old: String?) -> Step {
        .transact { _, connection throws(PostgresError) in
            let csv = try ProductTable(source: source, on: connection).csv
            return call(documents.create(name: document, text: Array(csv.utf8))) { answer in
                guard let id = answer["document_infos"]?.array?.first?["document_id"]?.identifier else {
                    return .ended(.unanswered("answered without a document"))
                }
                guard let old else { return .ended(.done(externalID: id)) }
                return call(documents.delete([old])) { _ in .ended(.done(externalID: id)) }
            }
        }
    }

    private func call(_ request: HTTPRequest, then: @escaping @Sendable (JSONValue) -> Step) -> Step {
        .send(.request(request)) { reply, _ in
            switch CozeAnswer(reply) {
            case .failed(let outcome): .ended(outcome)
            case .taken(let answer): then(answer)
            }
        }
    }
}
