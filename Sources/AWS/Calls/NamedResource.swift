/// Something that a call was about, as the trail's readers name it.
package struct NamedResource: Sendable, Equatable {
    /// As CloudFormation names it, as in `AWS::SecretsManager::Secret`; nil where the service tells none.
    let type: String?
    /// An ARN, or a name where the service has nothing else.
    let name: String
    /// The account that it belongs to, of what records name; nil for what is found by look-ups only.
    let account: String?

    /// What records name: by its ARN.
    init(_ type: String?, arn: String, in account: String) {
        self.type = type
        name = arn
        self.account = account
    }

    /// What look-ups find it by, and records do not tell.
    init(_ type: String, named name: String) {
        self.type = type
        self.name = name
        account = nil
    }
}
