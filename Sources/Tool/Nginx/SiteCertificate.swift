/// The files of a site's certificate.
struct SiteCertificate {
    /// The certificate and those between it and its authority, in PEM.
    let file: String
    /// Its private key.
    let key: String

    init(file: String, key: String) { (self.file, self.key) = (file, key) }

    /// Where certbot keeps the certificate of a name.
    init(ofCertbot name: String) {
        let live = "/etc/letsencrypt/live/\(name)"
        self.init(file: live + "/fullchain.pem", key: live + "/privkey.pem")
    }
}
