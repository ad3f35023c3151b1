import CCurl

/// One libcurl easy handle with everything that must live as long. Not for two threads at once.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    /// The first option that libcurl did not take since `reset`, or `CURLE_OK`.
    private(set) var firstError = CURLE_OK

    /// - Returns: nil when libcurl is out of memory.
    init?() {
        guard Self.isReady, let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        freeLists()
    }

    /// `curl_global_init` once a process; no other thread of ours may use libcurl before it is done.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Puts every option back to its default, and signals out of libcurl's hands.
    func reset() {
        curl_easy_reset(pointer)
        freeLists()
        firstError = CURLE_OK
        set(CURLOPT_NOSIGNAL, 1)
    }

    func set(_ option: CURLoption, _ value: Int) { note(hl_easy_set_long(pointer, option, value)) }
    func set(size option: CURLoption, _ value: Int) {
        note(hl_easy_set_size(pointer, option, curl_off_t(value)))
    }
    func set(_ option: CURLoption, _ value: String) { note(hl_easy_set_string(pointer, option, value)) }
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
        note(hl_easy_set_pointer(pointer, option, value))
    }
    func set(_ option: CURLoption, _ callback: curl_write_callback) {
        note(hl_easy_set_transfer(pointer, option, callback))
    }
    func setRead(_ callback: curl_read_callback) { note(hl_easy_set_read(pointer, callback)) }
    func setOpenSocket(_ callback: curl_opensocket_callback) { note(hl_easy_set_open_socket(pointer, callback)) }

    /// For options that copy what they are given.
    func setCopied(_ option: CURLoption, _ bytes: [UInt8]) {
        // An empty array has no address; libcurl takes NULL as "ask a callback".
        let source = bytes.isEmpty ? [0] : bytes
        source.withUnsafeBytes { note(hl_easy_set_pointer(pointer, option, $0.baseAddress)) }
    }

    func setList(_ option: CURLoption, _ lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                return note(CURLE_OUT_OF_MEMORY)
            }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        note(hl_easy_set_pointer(pointer, option, list))
    }

    func long(_ info: CURLINFO) -> Int { hl_easy_get_long(pointer, info) }
    func size(_ info: CURLINFO) -> Int64 { Int64(hl_easy_get_size(pointer, info)) }

    private func note(_ code: CURLcode) {
        if firstError == CURLE_OK { firstError = code }
    }

    private func freeLists() {
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }
}
