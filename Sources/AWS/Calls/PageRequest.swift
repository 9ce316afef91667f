internal import JSON
internal import Notation

/// How many items of a list a request asks for, and from where on.
struct PageRequest: Sendable {
    let limit: Int64?
    private let token: String?
    private let rules: PageRules

    init(_ rules: PageRules, from members: inout Members) throws(APIError) {
        limit = try members.integer(rules.limitMember)
        token = try members.string(rules.tokenMember)
        self.rules = rules
    }

    func constrain(_ constraints: inout Constraints) {
        let limitPath = lowerCamel(rules.limitMember)
        constraints.range(of: limit, 1...rules.maximumLimit, at: limitPath)
        let tokenPath = lowerCamel(rules.tokenMember)
        constraints.length(of: token, 1...rules.maximumTokenLength, at: tokenPath)
    }

    /// Cuts a page out of a list that is asked for piece by piece.
    ///
    /// - Parameters:
    ///   - query: what is listed; a token of another query is refused.
    ///   - position: the place of an item, by which the list is sorted; unique and not empty.
    ///   - items: gives items from after a place on, as many as it is asked for.
    /// - Returns: the items, and the token of the next page when there are more.
    /// - Throws: the service's refusal of a token, and what `items` throws.
    func page<Item>(
        of query: String,
        position: (Item) -> String,
        _ items: (_ after: String, _ limit: Int) throws(APIError) -> [Item]
    ) throws(APIError) -> Page<Item> {
        let limit = Int(limit ?? rules.defaultLimit)
        let found = try items(try place(in: query) ?? "", limit + 1)
        return page(found[...], limit, query, position)
    }

    /// Cuts a page out of a list that is at hand, sorted by the places of its items.
    func page<Item>(
        of query: String,
        sorted items: [Item],
        position: (Item) -> String
    ) throws(APIError) -> Page<Item> {
        try page(of: query, position: position) { after, limit throws(APIError) in
            Array(items.drop { position($0) <= after }.prefix(limit))
        }
    }

    /// Cuts a page out of a list that is at hand, in an order of its own: from after the item on
    /// that ended the last page, which must still be there.
    func page<Item>(
        of query: String,
        listed items: [Item],
        position: (Item) -> String
    ) throws(APIError) -> Page<Item> {
        var rest = items[...]
        if let last = try place(in: query) {
            guard let index = items.firstIndex(where: { position($0) == last }) else {
                throw rules.invalidToken
            }
            rest = items[(index + 1)...]
        }
        return page(rest, Int(limit ?? rules.defaultLimit), query, position)
    }

    /// Where the last page ended; nil for the first.
    private func place(in query: String) throws(APIError) -> String? {
        guard let token else { return nil }
        guard let read = PageToken(token, query: query) else { throw rules.invalidToken }
        return read.position
    }

    private func page<Item>(
        _ rest: ArraySlice<Item>,
        _ limit: Int,
        _ query: String,
        _ position: (Item) -> String
    ) -> Page<Item> {
        let shown = rest.prefix(limit)
        guard shown.count < rest.count, let last = shown.last else {
            return Page(items: Array(shown), next: nil)
        }
        let next = PageToken(query: query, position: position(last))
        return Page(items: Array(shown), next: next.text)
    }
}

/// What the services have different about pages.
struct PageRules: Sendable {
    /// The member that says how many items, as in `MaxResults`.
    let limitMember: String
    /// The member that says from where on, as in `NextToken`.
    let tokenMember: String
    let maximumLimit: Int64
    /// How many items there are when a request does not say.
    var defaultLimit: Int64
    let maximumTokenLength: Int
    /// For a token that is none, or one of another query.
    let invalidToken: APIError

    /// The same with another number of items when a request does not say.
    func of(_ defaultLimit: Int64) -> PageRules {
        var rules = self
        rules.defaultLimit = defaultLimit
        return rules
    }
}

/// A page of a list.
package struct Page<Item: Sendable>: Sendable {
    let items: [Item]
    /// The token of the next page; nil when there is none.
    let next: String?

    /// The page with something else in place of each item.
    func map<Other>(_ transform: (Item) -> Other) -> Page<Other> {
        Page<Other>(items: items.map(transform), next: next)
    }
}
