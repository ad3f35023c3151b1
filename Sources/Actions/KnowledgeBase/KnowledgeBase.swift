import Crypto
import JSON
import Jobs
import Outbound
import Postgres
import Settings
import Webhooks

/// Brings the document of the products in a Coze dataset up to date: finds it by its name, creates it anew of the products
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
            .init("token", .secret, required: true), .init("dataset", .text, required: true), .init("base_url", .url),
            .init("document", .text), .init("source", .source), .init("debounce", .duration(.zero ... .seconds(3600))),
        ]
    ) {
        $0.flag = "auto_sync_products"
        $0.sharing = .init(.action, delayKey: "debounce", delay: .seconds(10), restarts: false)
    }
    let retryPolicy: RetryPolicy
    let doubt = Doubt.repeatable
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
                timeout: Int(settings.retry.timeout.milliseconds)),
            document: settings.text("document") ?? "products", source: settings.text("source"),
            isOn: settings.isSwitchedOn(all.flags), retryPolicy: RetryPolicy(settings))
    }

    /// - Parameters:
    ///   - document: what the document is called.
    ///   - source: only the products of that sender; nil for all.
    ///   - isOn: whether products are synced at all (WEBHOOK_AUTO_SYNC_PRODUCTS).
    init(
        name: String, documents: CozeDocuments, document: String = "products", source: String? = nil,
        isOn: Bool = true, retryPolicy: RetryPolicy = RetryPolicy()
    ) {
        self.name = name
        self.documents = documents
        self.document = document
        self.source = source
        self.isOn = isOn
        self.retryPolicy = retryPolicy
    }

    var destination: String? { documents.list(page: 1).destination }

    func effectKey(for subject: JobSubject) -> String? { nil }

    func prepare(_ subject: JobSubject, now: Timestamp) -> Preparation {
        guard isOn else { return .finished(.skipped("products are not synced: the flag auto_sync_products is off")) }
        return .request(documents.list(page: 1))
    }

    func judge(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Outcome {
        listed(result, page: 1, found: [])
    }

    func judgeNext(
        _ result: Result<HTTPResponse, OutboundFailure>, externalID: String?, of subject: JobSubject
    ) -> Outcome {
        switch Progress(externalID) {
        case .listing(let page, let found): listed(result, page: page, found: found)
        case .clearing(let surplus, let old): cleared(result, surplus: surplus, old: old)
        case .creating(let old): created(result, old: old)
        case .deleting(let made): deleted(result, made: made)
        case nil: .bury("the sync has lost its place")
        }
    }

    private func listed(_ result: Result<HTTPResponse, OutboundFailure>, page: Int, found: [String]) -> Outcome {
        switch CozeAnswer(result) {
        case .failed(let outcome): return outcome
        case .taken(let answer):
            let infos = answer["document_infos"]?.array ?? []
            let named = infos.filter { $0["name"]?.string == document }
            let ids = found + named.compactMap { $0["document_id"]?.identifier }
            let isLast = infos.isEmpty || Int64(page * CozeDocuments.pageSize) >= answer["total"]?.integer ?? 0
            if isLast { return clear(Array(ids.dropLast()), old: ids.last) }
            return .proceed(documents.list(page: page + 1), externalID: Progress.listing(page + 1, ids).text)
        }
    }

    /// Deletes all but one of what is there, then creates.
    private func clear(_ surplus: [String], old: String?) -> Outcome {
        guard let old, !surplus.isEmpty else { return create(inPlaceOf: old) }
        return .proceed(
            documents.delete(Array(surplus.prefix(CozeDocuments.pageSize))),
            externalID: Progress.clearing(Array(surplus.dropFirst(CozeDocuments.pageSize)), old: old).text)
    }

    private func cleared(
        _ result: Result<HTTPResponse, OutboundFailure>, surplus: [String], old: String
    ) -> Outcome {
        switch CozeAnswer(result) {
        case .failed(let outcome): outcome
        case .taken: clear(surplus, old: old)
        }
    }

    /// Reads the products as late as can be.
    private func create(inPlaceOf old: String?) -> Outcome {
        let (documents, document, source) = (documents, document, source)
        return .step(
            DatabaseChange { _, connection throws(PostgresError) in
                let csv = try ProductTable(source: source, on: connection).csv
                return .proceed(
                    documents.create(name: document, text: Array(csv.utf8)),
                    externalID: Progress.creating(old: old).text)
            })
    }

    private func created(_ result: Result<HTTPResponse, OutboundFailure>, old: String?) -> Outcome {
        switch CozeAnswer(result) {
        case .failed(let outcome): return outcome
        case .taken(let answer):
            guard let id = answer["document_infos"]?.array?.first?["document_id"]?.identifier else {
                return .unanswered("answered without a document")
            }
            guard let old else { return .done(externalID: id) }
            return .proceed(documents.delete([old]), externalID: Progress.deleting(made: id).text)
        }
    }

    private func deleted(_ result: Result<HTTPResponse, OutboundFailure>, made: String) -> Outcome {
        switch CozeAnswer(result) {
        case .failed(let outcome): outcome
        case .taken: .done(externalID: made)
        }
    }
}

/// How far a sync is, as the text that goes with each of its requests.
private enum Progress {
    case listing(Int, [String])
    /// What broken syncs have left is being deleted, but for one.
    case clearing([String], old: String)
    case creating(old: String?)
    case deleting(made: String)

    var text: String {
        switch self {
        case .listing(let page, let found): "list \(page) " + found.joined(separator: ",")
        case .clearing(let surplus, let old): "clear \(old) " + surplus.joined(separator: ",")
        case .creating(let old): "create " + (old ?? "")
        case .deleting(let made): "delete " + made
        }
    }

    init?(_ text: String?) {
        let words = (text ?? "").split(separator: " ")
        func ids(_ place: Int) -> [String] {
            words.indices.contains(place) ? words[place].split(separator: ",").map(String.init) : []
        }
        switch words.first {
        case "list":
            guard words.count > 1, let page = Int(words[1]) else { return nil }
            self = .listing(page, ids(2))
        case "clear":
            guard let old = ids(1).first else { return nil }
            self = .clearing(ids(2), old: old)
        case "create": self = .creating(old: ids(1).first)
        case "delete":
            guard let made = ids(1).first else { return nil }
            self = .deleting(made: made)
        default: return nil
        }
    }
}
