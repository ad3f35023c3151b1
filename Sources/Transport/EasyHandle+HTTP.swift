import CCurl
import Outbound

extension EasyHandle {
    /// Prepares this handle for a request.
    func prepare(_ request: HTTPRequest, transfer: Transfer, configuration: HTTPClient.Configuration) -> CURLcode {
        reset()
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, "https,http")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_USERAGENT, configuration.userAgent)
        set(connectTimeout: request.connectTimeout, totalTimeout: request.totalTimeout)
        set(CURLOPT_FRESH_CONNECT, request.repeatable ? 0 : 1)
        set(CURLOPT_FORBID_REUSE, request.repeatable ? 0 : 1)
        setNetwork(configuration)
        set(method: request.method, body: request.body)
        set(headers: request.headers)
        setCallbacks(transfer)
        return firstError
    }

    func set(connectTimeout: Duration, totalTimeout: Duration) {
        // To libcurl 0 is its own default.
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(connectTimeout / .milliseconds(1))))
        set(CURLOPT_TIMEOUT_MS, max(1, Int(totalTimeout / .milliseconds(1))))
    }

    func setNetwork(_ configuration: HTTPClient.Configuration) {
        // An empty string also keeps libcurl from reading http_proxy and its like from the environment.
        set(CURLOPT_PROXY, configuration.proxy ?? "")
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let caFile = configuration.caFile { set(CURLOPT_CAINFO, caFile) }
    }

    private func set(method: String, body: [UInt8]?) {
        if let body {
            set(CURLOPT_POST, 1)
            // The size first: it tells libcurl how much to copy.
            set(size: CURLOPT_POSTFIELDSIZE_LARGE, body.count)
            setCopied(CURLOPT_COPYPOSTFIELDS, body)
            if method != "POST" { set(CURLOPT_CUSTOMREQUEST, method) }
        } else if method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        } else if method != "GET" {
            set(CURLOPT_CUSTOMREQUEST, method)
        }
    }

    private func set(headers: [HTTPRequest.Header]) {
        // Without the last line libcurl waits up to a second for "100 Continue" before it sends a large body.
        let lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" } + ["Expect:"]
        setList(CURLOPT_HTTPHEADER, lines)
    }

    func setCallbacks(_ transfer: Transfer) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        set(CURLOPT_WRITEDATA, context)
        set(CURLOPT_HEADERDATA, context)
        set(CURLOPT_OPENSOCKETDATA, context)
        set(CURLOPT_PRIVATE, context)
        set(CURLOPT_WRITEFUNCTION) { pointer, size, count, context in
            guard let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.take(body: UnsafeRawBufferPointer(start: pointer, count: size * count)) ? size * count : 0
        }
        set(CURLOPT_HEADERFUNCTION) { pointer, size, count, context in
            guard let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let line = UnsafeRawBufferPointer(start: pointer, count: size * count)
            return transfer.take(headerLine: line) ? size * count : 0
        }
        setOpenSocket { context, _, address in
            guard let context, let address else { return CURL_SOCKET_BAD }
            return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().openSocket(for: address)
        }
    }
}
