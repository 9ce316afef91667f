extension TagRules {
    /// Of secrets.
    ///
    /// [Tag](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Tag.html)
    static let secretsManager = TagRules(
        missingKey: .tagWithoutKey,
        reservedKey: .reservedTagKey,
        duplicateKey: .duplicateTagKey,
        tooMany: .tooManyTags
    )
}
