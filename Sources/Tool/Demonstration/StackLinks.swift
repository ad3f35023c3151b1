import LocalStack
import Platform

/// The pages of a private stack, and the examples beside the program.
enum StackLinks {
    static func text(_ state: StackState) -> String {
        let links = ServerLinks(state.url)
        let share = (try? Executable.share(of: Executable.current())).map { "\nexamples   \($0)/samples" }
        return "inspector  \(links.inspector)\ndocs       \(links.docs)\(share ?? "")"
    }
}
