/// One filter of ListSecrets and BatchGetSecretValue: a key, and values of which one must match.
///
/// [Filter](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html). A
/// value that begins with `!` matches where the rest of it does not.
struct SecretFilter: Sendable {
    enum Key: String, Sendable, CaseIterable {
        case description
        case name
        case tagKey = "tag-key"
        case tagValue = "tag-value"
        case primaryRegion = "primary-region"
        case owningService = "owning-service"
        case all
    }

    struct Value: Sendable {
        let text: String
        let isNegated: Bool

        init(_ sent: String) {
            isNegated = sent.hasPrefix("!")
            text = isNegated ? String(sent.dropFirst()) : sent
        }
    }

    let key: Key
    let values: [Value]

    var needsTags: Bool { key == .tagKey || key == .tagValue || key == .all }

    /// The one prefix that the name of every match begins with, when there is such a one.
    var namePrefix: String? {
        guard key == .name, values.count == 1, !values[0].isNegated else { return nil }
        return values[0].text
    }

    func matches(_ secret: Secret, tags: [Tag]) -> Bool {
        values.contains { value in
            matches(value.text, secret, tags) != value.isNegated
        }
    }

    private func matches(_ text: String, _ secret: Secret, _ tags: [Tag]) -> Bool {
        switch key {
        case .name: secret.name.hasBytePrefix(text)
        case .tagKey: tags.contains { $0.key.hasBytePrefix(text) }
        case .tagValue: tags.contains { $0.value.hasBytePrefix(text) }
        case .description: SearchWords(plain: secret.description).match(text)
        case .primaryRegion: secret.primaryRegion?.hasBytePrefix(text) ?? false
        case .owningService:
            (secret.owningService ?? "").lowercased().hasBytePrefix(text.lowercased())
                && secret.owningService != nil
        case .all:
            matchesAll(text, secret, tags)
        }
    }

    private func matchesAll(_ text: String, _ secret: Secret, _ tags: [Tag]) -> Bool {
        var words = SearchWords(plain: secret.description)
        words.add(tokenising: secret.name)
        for tag in tags {
            words.add(tokenising: tag.key)
            words.add(tokenising: tag.value)
        }
        return words.match(text, splitting: true)
    }
}

extension String {
    /// Whether it begins with the bytes of `prefix`; Unicode's equivalences do not count.
    fileprivate func hasBytePrefix(_ prefix: String) -> Bool {
        utf8.starts(with: prefix.utf8)
    }
}
