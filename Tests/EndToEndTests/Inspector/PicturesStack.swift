import HTTPReceiver
import LocalStack
import StackSuite
import Synchronization

/// The stack of the pictures: several sources, and a destination that answers on demand.
enum PicturesStack {
    /// What the destination answers next; 200 when there is nothing here.
    static let answers = Mutex<[Int]>([])
    private static let receiver = Result {
        try Receiver { _, _ in .answer(answers.withLock { $0.isEmpty ? 200 : $0.removeFirst() }, after: 40) }
    }

    static func configure(_ options: inout StackOptions) throws {
        let others = [
            ("shopify", "SHOPIFY"), ("woocommerce", "WOOCOMMERCE"), ("evershop", "EVERSHOP"), ("stripe", "STRIPE"),
            ("github", "GITHUB"),
        ].map { "  \($0): { providers: \($0), secrets: { env: \($1)_WEBHOOK_SECRET } }" }
        let configuration = InspectorStack.configuration(
            try receiver.get().url, sources: (others + [InspectorStack.comments]).joined(separator: "\n"),
            rule: "name: every-event")
        try TestStack.useRealPrograms(&options, configuration: configuration)
    }
}
