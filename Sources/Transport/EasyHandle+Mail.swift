import CCurl
import Outbound

extension EasyHandle {
    /// Prepares this handle for a mail.
    func prepare(_ mail: MailRequest, transfer: Transfer, configuration: HTTPClient.Configuration) -> CURLcode {
        reset()
        set(CURLOPT_URL, mail.url)
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        set(connectTimeout: mail.connectTimeout, totalTimeout: mail.totalTimeout)
        // A kept connection is safe: libcurl sends no mail again by itself.
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Int(mail.totalTimeout / .seconds(1))))
        setNetwork(configuration)
        if mail.security == .startTLS { set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if let login = mail.login {
            set(CURLOPT_USERNAME, login.user)
            set(CURLOPT_PASSWORD, login.password)
        }
        set(CURLOPT_MAIL_FROM, "<\(mail.sender)>")
        setList(CURLOPT_MAIL_RCPT, mail.recipients.map { "<\($0)>" })
        set(CURLOPT_UPLOAD, 1)
        set(size: CURLOPT_INFILESIZE_LARGE, mail.message.count)
        setCallbacks(transfer)
        set(CURLOPT_READDATA, Unmanaged.passUnretained(transfer).toOpaque())
        setRead { pointer, size, count, context in
            guard let pointer, let context else { return 0 }
            let buffer = UnsafeMutableRawBufferPointer(start: pointer, count: size * count)
            return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().give(buffer)
        }
        return firstError
    }
}
