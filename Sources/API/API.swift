import Ledger
public import Postgres
public import Settings
import Verification
public import Webhooks

/// The REST API: finds a request's route, checks token and scope, and answers. Knows neither FastCGI nor threads.
public struct API: Sendable {
    /// An answer, and its details for the log.
    public struct Outcome: Sendable {
        /// What is answered.
        public let answer: Answer
        /// The error, if the fault is ours.
        public let fault: String?
    }

    private let settings: Settings
    private let origins: CrossOrigin

    /// - Parameter settings: sources, access and origins.
    public init(settings: Settings) {
        self.settings = settings
        origins = CrossOrigin(allowed: settings.api.allowedOrigins)
    }

    /// Answers a request.
    /// - Parameters:
    ///   - request: as received.
    ///   - connection: with the primary, as the role `hookledger_api`; used on this thread only.
    ///   - standby: a session like it with a server that may be behind; asked for reading only. nil if there is none.
    public func answer(
        _ request: Delivery, over connection: Connection, standby: () -> Connection? = { nil }
    ) -> Outcome {
        var answer: Answer
        var fault: String?
        let missing = MissingCells()
        missing.watch(connection)
        let watched = {
            let connection = standby()
            if let connection { missing.watch(connection) }
            return connection
        }
        let away: [String]
        do throws(Refused) {
            answer = try routed(request, connection, watched)
            away = missing.names()
        } catch {
            away = missing.names()
            let problem = error.problem.or(missing: away)
            answer = problem.answer(isEnveloped: error.isEnveloped)
            fault = problem.fault
        }
        if !away.isEmpty {
            let names = away.map(PercentEncoding.encode).joined(separator: ", ")
            answer.headers.append(HeaderFields.Field(name: "hookledger-missing-cells", value: names))
        }
        return Outcome(answer: finished(answer, origin: request.headers["origin"]), fault: fault)
    }

    /// The answer if no connection is available.
    public func answer(_ request: Delivery, withoutStore error: PostgresError) -> Outcome {
        Outcome(
            answer: finished(Problem(error).answer(), origin: request.headers["origin"]), fault: error.description)
    }

    /// The answer to a request with an incomplete body.
    /// - Parameter origin: its header field Origin.
    public func refusal(_ status: Int, origin: String?) -> Answer {
        let problem =
            status == 413
            ? Problem(413, "payload_too_large", "The body is larger than 64 KiB")
            : Problem(400, "bad_request", "The body's length differs from its Content-Length")
        return finished(problem.answer(), origin: origin)
    }

    /// The answer if too many requests are waiting.
    /// - Parameter origin: its header field Origin.
    public func comeAgain(origin: String?) -> Answer {
        var problem = Problem(503, "unavailable", "Too many requests are waiting; try again in a moment")
        problem.headers = [HeaderFields.Field(name: "retry-after", value: "30")]
        return finished(problem.answer(), origin: origin)
    }

    private func finished(_ answer: Answer, origin: String?) -> Answer {
        var answer = answer
        answer.headers.append(HeaderFields.Field(name: "cache-control", value: "no-store"))
        answer.headers += origins.headers(origin: origin)
        return answer
    }

    /// A problem, and the form in which its route reports it.
    private struct Refused: Error {
        let problem: Problem
        var isEnveloped = false
    }

    private func routed(
        _ request: Delivery, _ connection: Connection, _ standby: () -> Connection?
    ) throws(Refused) -> Answer {
        let path = Route.split(request.path)
        let matches = RouteTable.routes.compactMap { route in route.match(path).map { (route, $0) } }
        guard !matches.isEmpty else {
            throw Refused(problem: .notFound("This path"))
        }
        let methods = matches.flatMap { $0.0.method == "GET" ? ["GET", "HEAD"] : [$0.0.method] } + ["OPTIONS"]
        if request.method == "OPTIONS" { return origins.preflight(request, methods: methods) }
        let method = request.method == "HEAD" ? "GET" : request.method
        guard let (route, values) = matches.first(where: { $0.0.method == method }) else {
            var problem = Problem(
                405, "method_not_allowed", "The allowed methods are \(methods.joined(separator: ", "))")
            problem.headers = [HeaderFields.Field(name: "allow", value: methods.joined(separator: ", "))]
            throw Refused(problem: problem)
        }
        do throws(Problem) {
            let call = try call(route, values, request, connection)
            let answer = try read(call, by: route, from: route.readsAnywhere ? standby() : nil)
            return method == "GET" ? answer.validated(against: request.headers["if-none-match"]) : answer
        } catch {
            throw Refused(problem: error, isEnveloped: route.isEnveloped)
        }
    }

    /// The answer of a route, from a standby if there is one, and from the primary if the standby fails.
    private func read(_ call: Call, by route: Route, from standby: Connection?) throws(Problem) -> Answer {
        if let standby {
            do throws(Problem) {
                return try route.handler(call.over(standby))
            } catch {
                if error.fault == nil { throw error }
            }
        }
        return try route.handler(call)
    }

    private func call(
        _ route: Route, _ values: [Substring], _ request: Delivery, _ connection: Connection
    ) throws(Problem) -> Call {
        var access = Access.open
        if let scope = route.scope { access = try Access.check(request, for: scope, settings.api, connection) }
        guard access.sources == nil || route.isConfined else {
            throw Problem(403, "limited_token", "A token limited to sources may not use this route")
        }
        guard !route.isOfOneCell || settings.database.cells.isEmpty else {
            throw Problem(
                409, "in_one_cell",
                "A router of several cells does not do this; ask an API pool that runs with HOOKLEDGER_CELL, the cell of the source"
            )
        }
        guard ContentNegotiation.accepts(route.type, request) else {
            throw Problem(406, "not_acceptable", "The response is \(route.type), which Accept does not include")
        }
        var path: [String] = []
        for value in values {
            guard let text = PercentText.decode(value) else {
                throw Problem(400, "invalid_path", "The path is not percent-encoded UTF-8")
            }
            path.append(text)
        }
        var body: Body?
        if let members = route.members {
            guard ContentNegotiation.sendsJSON(request) else {
                throw Problem(415, "unsupported_media_type", "The body must be application/json")
            }
            body = try Body(request.body, knowing: members)
        }
        return Call(
            request: request, path: path, query: try Query(request.query, knowing: route.parameters), body: body,
            access: access, settings: settings, connection: connection)
    }
}
