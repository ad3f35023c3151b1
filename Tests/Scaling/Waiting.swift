/// A queue in order of arrival.
struct Waiting<Element> {
    private var elements: [Element] = []
    private var head = 0

    var count: Int { elements.count - head }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        defer {
            head += 1
            if head > 1024, head * 2 > elements.count {
                elements.removeFirst(head)
                head = 0
            }
        }
        return elements[head]
    }

    /// Takes the first ones, at most `limit`.
    mutating func take(_ limit: Int) -> [Element] {
        var taken: [Element] = []
        while taken.count < limit, let next = popFirst() { taken.append(next) }
        return taken
    }
}
