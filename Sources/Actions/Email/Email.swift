import Crypto
import JSON
import Jobs
import Outbound
import Platform
import Rules
import Settings
import Webhooks

/// A mail to the buyer, the new customer, or the people of the shop, through an SMTP server or this host's own mail system.
///
/// A server takes the same mail twice as two and cannot be asked, so when no answer came the effect is reported as
/// uncertain. The Message-ID is the same in every attempt: a mailbox that knows it keeps one.
struct Email: Carrier, ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "email",
        [
            .init(
                "host", .text, required: true,
                "The mail server, or the path of sendmail, which needs no port, tls, user and password."),
            .init("port", .integer(1...65_535), standard: "587; 465 with tls: implicit", "The server's port."),
            .init(
                "tls", .choice(["starttls", "implicit", "none"]), standard: "starttls",
                "The encryption; none is for a server on this host."),
            .init("user", .text, "The user at the server."), .init("password", .secret, "The user's password."),
            .init("from", .text, required: true, "The sender's address."),
            .init("reply_to", .text, "The address for answers."),
            .init("to", .text, standard: "the order's or the customer's own address", "The recipient, a template."),
            .init(
                "template", .text, standard: defaultTemplate,
                "templates/NAME.txt (its first line is the subject) and NAME.html next to this file; "
                    + "order_confirmation, status_update, welcome and alert are built in."),
        ]
    ) {
        $0.doubt = .reported
        $0.tellsPeople = true
        $0.check = { section in
            guard section.text("host")?.hasPrefix("/") == true else { return }
            for key in ["port", "tls", "user", "password"] {
                section.refuse(
                    key,
                    "is for a mail server, but host is the path of a program, which has settings of its own: leave it out"
                )
            }
        }
    }
    private static let defaultTemplate = "alert"
    let retryPolicy: RetryPolicy
    private let server: MailServer
    private let from: MailAddress
    private let replyTo: MailAddress?
    private let to: Template?
    private let templateName: String
    private let template: MailTemplate
    private let alert: MailTemplate
    /// The templates whose subjects messages to customers have.
    private let subjects: [String: MailTemplate]

    /// - Returns: nil without a server, a sender, or the words to send.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let server = MailServer(settings), let from = settings.text("from").flatMap(MailAddress.init) else {
            return nil
        }
        self.init(
            name: settings.name, server: server, from: from,
            replyTo: settings.text("reply_to").flatMap(MailAddress.init), to: settings.text("to"),
            template: settings.text("template") ?? Self.defaultTemplate, retryPolicy: settings.retry,
            read: { Self.template($0, beside: all.file) })
    }

    /// A file of `templates/` in the configuration's folder.
    private static func template(_ name: String, beside file: String?) -> String? {
        guard let file, !name.contains("/") else { return nil }
        return try? Files.readText(Files.parent(file) + "/templates/" + name, limit: 1 << 20)
    }

    /// - Parameters:
    ///   - to: whom to send to, with placeholders; nil is the order's or customer's own address.
    ///   - read: gives a file of the templates' folder; nil when there is none.
    init?(
        name: String, server: MailServer, from: MailAddress, replyTo: MailAddress? = nil, to: String? = nil,
        template: String, retryPolicy: RetryPolicy = .standard, read: (String) -> String? = { _ in nil }
    ) {
        guard let words = MailTemplate(named: template, read: read),
            let alert = MailTemplate(named: "alert", read: read)
        else { return nil }
        self.name = name
        self.server = server
        self.from = from
        self.replyTo = replyTo
        self.to = to.map(Template.init)
        self.retryPolicy = retryPolicy
        self.alert = alert
        subjects = Dictionary(
            ["status_update", "order_confirmation", "welcome"].compactMap { name in
                MailTemplate(named: name, read: read).map { (name, $0) }
            }, uniquingKeysWith: { first, _ in first })
        templateName = template
        self.template = words
    }

    var destination: String? { server.request(from: "", to: "", message: []).destination }

    var needsBody: Bool { template.needsBody || to?.needsBody == true }

    var needsBodyToCarry: Bool { to?.needsBody == true || subjects.values.contains { $0.subject.needsBody } }

    /// The templates of which an order has one mail, whatever becomes of it.
    private static let oncePerOrder: Set<String> = ["order_confirmation", "welcome"]

    /// One mail for an order, template and status; for a customer and template; for an alert; where the rule does not want
    /// it otherwise.
    func effectKey(for subject: JobSubject) -> String? {
        let key = "\(kind.name):\(name):\(templateName)"
        if subject.job.alert != nil || subject.once == .event { return EffectKeys.perEventAndRule(self, subject) }
        if let order = subject.order {
            let isOncePerOrder = subject.once.map { $0 == .order } ?? Self.oncePerOrder.contains(templateName)
            let status = isOncePerOrder ? "" : ":" + (order.fields["status"]?.string ?? "")
            return "\(key):\(EffectKeys.order(order))\(status)"
        }
        if let record = subject.record { return "\(key):\(subject.event.source):\(record.kind.rawValue):\(record.id)" }
        return EffectKeys.perEventAndRule(self, subject)
    }

    func earlierEffectKeys(for subject: JobSubject) -> [String] {
        let current = effectKey(for: subject)
        var unsaid = subject.withoutShop
        unsaid.once = nil
        let keys = [effectKey(for: subject.withoutShop), effectKey(for: unsaid)].compactMap(\.self)
        let isOfEvent = current == EffectKeys.perEventAndRule(self, subject)
        return (keys + (isOfEvent ? EffectKeys.withoutTime(self, subject) : [])).filter { $0 != current }.unique
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        if templateName == "order_confirmation", subject.job.alert == nil, subject.order?.isCancelled == true {
            return .ended(.skipped("the order is cancelled"))
        }
        let words = (subject.job.alert == nil ? template : alert).fill(subject)
        return mail(words, key: subject.keptKey ?? effectKey(for: subject) ?? "", about: subject, now: now)
    }

    /// The subject is that of the template for such mails, the text the message itself.
    func carry(
        _ message: WrittenMessage, _ kind: MessageOccasion.Kind, key: String, about subject: JobSubject, now: Timestamp
    ) -> Step {
        let title = subjects[kind.rawValue]?.fill(subject).subject ?? ""
        return mail((title, message.content + "\n", nil), key: key, about: subject, now: now)
    }

    private func mail(
        _ words: (subject: String, text: String, html: String?), key: String, about subject: JobSubject, now: Timestamp
    ) -> Step {
        let recipient = to.map { $0.text(for: subject, missing: "", escape: { $0 }) } ?? address(of: subject)
        guard let recipient, !recipient.isEmpty else {
            return .ended(.skipped("there is no e-mail address"))
        }
        guard let address = MailAddress(recipient) else {
            // Not shown: it is a person's, and it may be made to break a log, too.
            return .ended(.bury("the e-mail address is not one that can be written to"))
        }
        let named = MailAddress(address: address.address, name: address.name ?? personName(subject)) ?? address
        let id = "\(Hex.encode(Array(Digest.sha256.hash(Array(key.utf8)).prefix(16))))@\(from.domain)"
        let message = MailMessage(
            from: from, to: named, replyTo: replyTo, subject: words.subject, text: words.text, html: words.html, id: id,
            date: now)
        return .only(
            .mail(server.request(from: from.address, to: address.address, message: message.bytes)), judge: Self.judge)
    }

    private static func judge(_ reply: Reply) -> Outcome {
        switch reply {
        case .success(let answer):
            let words = AnswerJudgement.excerpt(answer.text)
            return (200..<300).contains(answer.status)
                ? .done(answer: words) : .unanswered("the server ended with \(answer.status): \(words)")
        case .failure(let failure):
            // A wrong password is not the mails' fault: they wait until it is fixed.
            if failure.kind == .login { return .retry(counted: false, reason: failure.description) }
            switch failure.status {
            case let status? where status >= 500:
                return .bury("the mail server refused it: \(AnswerJudgement.excerpt(failure.message))")
            case let status? where status >= 400:
                // "Try again later": greylisting wants minutes.
                return .retry(counted: false, reason: "deferred: \(AnswerJudgement.excerpt(failure.message))")
            default: return AnswerJudgement.outcome(of: failure)
            }
        }
    }

    private func address(of subject: JobSubject) -> String? {
        subject.order?.fields["email"]?.string ?? subject.record?.fields["email"]?.string
    }

    private func personName(_ subject: JobSubject) -> String? {
        guard to == nil else { return nil }
        let name = subject.order?.fields["customer_name"]?.string ?? subject.record?.fields["name"]?.string
        return name?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// The server that mail goes through, or the path of a sendmail(8).
struct MailServer: Sendable {
    var host: String
    var port: Int
    var security: MailRequest.Security
    var user: String?
    var password: SecretBytes?
    var timeout: Duration

    /// - Returns: nil without a host.
    init?(_ settings: ActionSettings) {
        guard let host = settings.text("host") else { return nil }
        let security = settings.text("tls").flatMap(MailRequest.Security.init) ?? .startTLS
        self.init(
            host: host, port: settings.integer("port") ?? (security == .implicit ? 465 : 587), security: security,
            user: settings.text("user"), password: settings.secret("password"),
            timeout: settings.timeout)
    }

    /// - Parameter timeout: of one attempt.
    init(
        host: String, port: Int, security: MailRequest.Security, user: String? = nil, password: SecretBytes? = nil,
        timeout: Duration = .seconds(30)
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.timeout = timeout
    }

    func request(from sender: String, to recipient: String, message: [UInt8]) -> MailRequest {
        let login = user.flatMap { user in password.map { MailRequest.Login(user: user, password: $0.text) } }
        return MailRequest(
            host: host, port: port, security: security, login: login, sender: sender, recipients: [recipient],
            message: message, totalTimeout: timeout)
    }
}
