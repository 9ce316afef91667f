extension TagRules {
    /// Of users, roles and policies.
    ///
    /// [Tagging IAM resources](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html)
    static let iam = TagRules(
        needsValue: true,
        ignoresCase: true,
        boundsCount: true,
        reservedKey: .reservedIAMTags,
        duplicateKey: .invalidIAMTags,
        tooMany: .tooManyIAMTags
    )
}
