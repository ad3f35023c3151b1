import CCurl

extension OutboundFailure {
    /// What libcurl's code means, read together with how far the request had come.
    init(_ code: CURLcode, easy: EasyHandle, transfer: Transfer) {
        let firstByte = easy.size(CURLINFO_PRETRANSFER_TIME_T)
        // Either is set before the first byte leaves; the codes of `neverSent` come before the request is written.
        let left = firstByte > 0 || easy.long(CURLINFO_REQUEST_SIZE) > 0
        let reach: Reach = Self.neverSent.contains(code) && !left ? .notSent : left ? .mayHaveBeenSent : .notSent
        if transfer.wasGuarded {
            self.init(.guarded, .notSent, "the address guard refuses \(transfer.objection ?? "this address")")
            return
        }
        self.init(
            Self.kind(code, transfer: transfer), reach,
            transfer.tooLarge ?? String(cString: curl_easy_strerror(code)),
            firstByteAfter: left && firstByte > 0 ? firstByte : nil,
            status: transfer.isHeaderComplete ? easy.long(CURLINFO_RESPONSE_CODE) : nil)
    }

    private static let neverSent = [
        CURLE_URL_MALFORMAT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
    ]

    private static func kind(_ code: CURLcode, transfer: Transfer) -> Kind {
        switch code {
        case CURLE_URL_MALFORMAT: .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameLookup
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: .unreachable
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED:
            .tls
        case CURLE_WRITE_ERROR, CURLE_FILESIZE_EXCEEDED: transfer.tooLarge != nil ? .tooLarge : .other
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE: .reset
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: .garbage
        default: transfer.tooLarge != nil ? .tooLarge : .other
        }
    }
}
