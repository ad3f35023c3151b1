import Crypto

extension Scheme {
    /// Amazon SNS: RSA over the body's own fields as lines, with SHA-1 or SHA-256 by `SignatureVersion`; which fields,
    /// by `Type`. The secret is the certificate behind `SigningCertURL`.
    ///
    /// Only `Subject` may be missing, and only `Message` may have several lines, so that no other fields produce the
    /// same lines.
    ///
    /// Whoever has an account at Amazon can have a message signed: the credential `topic_arn` says whose count.
    /// `SigningCertURL` is not signed; that it is Amazon's is checked although nothing is fetched from there.
    /// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html
    public static let amazonSNS: Scheme = {
        var forms = ["1", "2"].flatMap { [snsNotification($0), snsConfirmation($0)] }
        var base = forms.removeLast()
        base.forms = forms
        // No condition recognizes the rest, but one refuses it.
        base.applies = [
            Requirement(.jsonField(["SignatureVersion"]), .among(["1", "2"])),
            Requirement(
                .jsonField(["Type"]), .among(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"])),
        ]
        return base
    }()

    /// The hosts of Amazon SNS: a URL on any other host is not Amazon's. Amazon's partitions: the world, China, and the
    /// European cloud, whose hosts end in `amazonaws.eu`.
    public static let amazonSNSHosts: [HostPattern] = [
        "sns.*.amazonaws.com", "sns.*.amazonaws.com.cn", "sns.*.amazonaws.cn", "sns.*.amazonaws.eu",
    ]

    private static func snsNotification(_ version: String) -> Scheme {
        sns(
            version, types: ["Notification"],
            lines: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"])
    }

    private static func snsConfirmation(_ version: String) -> Scheme {
        sns(
            version, types: ["SubscriptionConfirmation", "UnsubscribeConfirmation"],
            lines: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"])
    }

    private static func sns(_ version: String, types: [String], lines: [String]) -> Scheme {
        Scheme(
            name: "aws_sns", message: [.jsonLines(lines)],
            algorithm: .publicKey(version == "1" ? .rsaSHA1 : .rsaSHA256), key: .pem, encoding: .base64,
            signature: SignatureLocation(.jsonField(["Signature"])),
            demands: lines.map { name in
                Requirement(.jsonField([name]), name == "Message" ? .present : .oneLine, isOptional: name == "Subject")
            } + [
                Requirement(.jsonField(["SigningCertURL"]), .https(amazonSNSHosts)),
                Requirement(.jsonField(["TopicArn"]), .credential("topic_arn")),
            ],
            applies: [
                Requirement(.jsonField(["SignatureVersion"]), .among([version])),
                Requirement(.jsonField(["Type"]), .among(types)),
            ])
    }
}
