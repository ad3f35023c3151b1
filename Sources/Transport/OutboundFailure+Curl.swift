import CCurl
import Outbound

extension OutboundFailure {
    /// The meaning of libcurl's code, together with the progress of the request.
    init(_ code: CURLcode, easy: EasyHandle, transfer: Transfer) {
        let firstByte = easy.size(CURLINFO_PRETRANSFER_TIME_T)
        // The codes of `neverSent` come before the request is written.
        let left = transfer.mayHaveArrived(easy)
        let reach: Reach = Self.neverSent.contains(code) && !left ? .notSent : left ? .mayHaveBeenSent : .notSent
        if transfer.wasGuarded {
            self.init(.guarded, .notSent, "the address guard refuses \(transfer.objection ?? "this address")")
            return
        }
        self.init(
            Self.kind(code, transfer: transfer), reach,
            transfer.refusal(easy) ?? transfer.tooLarge ?? String(cString: curl_easy_strerror(code)),
            firstByteAfter: left && firstByte > 0 ? firstByte : nil,
            status: transfer.isHeaderComplete || transfer.refusal(easy) != nil ? transfer.refusalStatus(easy) : nil
        )
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
        case CURLE_LOGIN_DENIED: .login
        case CURLE_USE_SSL_FAILED: .tls
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: .garbage
        default: transfer.tooLarge != nil ? .tooLarge : .other
        }
    }
}
