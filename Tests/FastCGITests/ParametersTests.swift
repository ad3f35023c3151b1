import FastCGI
import TestThreads
import Testing

@Suite(.blocking) struct ParametersTests {
    private let parameters = Parameters([
        Parameter(name: "REQUEST_METHOD", value: "POST"), Parameter(name: "REQUEST_URI", value: "/a/b?c=d?e"),
        Parameter(name: "QUERY_STRING", value: "c=d?e"), Parameter(name: "HTTP_X_SIG", value: "one"),
        Parameter(name: "HTTP_X_SIG", value: "two"), Parameter(name: "HTTP_HOST", value: "shop.example"),
        Parameter(name: "HTTP", value: "no header"), Parameter(name: "EMPTY", value: ""),
    ])

    @Test func theFirstOfSeveralIsFoundAndTheRepetitionSeen() {
        #expect(parameters["HTTP_X_SIG"] == "one")
        #expect(parameters.values(of: "HTTP_X_SIG") == ["one", "two"])
        #expect(parameters.repeated("HTTP_X_SIG"))
        #expect(!parameters.repeated("HTTP_HOST"))
        #expect(!parameters.repeated("ABSENT"))
        #expect(parameters["EMPTY"] == "")
        #expect(parameters["ABSENT"] == nil)
        #expect(parameters["request_method"] == nil)
    }

    @Test func headersAreListedInOrderWithTheirHTTPNames() {
        #expect(parameters.headers.map(\.name) == ["x-sig", "x-sig", "host"])
        #expect(parameters.headers.map(\.value) == ["one", "two", "shop.example"])
    }

    @Test func aHeaderIsFoundByItsNameInAnyCase() {
        #expect(parameters.header("X-Sig") == "one")
        #expect(parameters.header("x-sig") == "one")
        #expect(parameters.repeatedHeader("X-SIG"))
        #expect(parameters.header("X-Other") == nil)
    }

    @Test func aRequestNamesTheUsualOnesAndIsEmptyWhereTheyAreAbsent() {
        let request = Request(parameters: parameters, body: [])
        #expect(request.method == "POST")
        #expect(request.path == "/a/b")
        #expect(request.queryString == "c=d?e")
        #expect(request.host == "shop.example")
        #expect(request.remoteAddress.isEmpty)
        #expect(request.requestID.isEmpty)
    }
}
