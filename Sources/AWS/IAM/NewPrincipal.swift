/// A user or role that is to be made.
struct NewPrincipal: Sendable {
    let principal: IAMPrincipal
    let tagList: TagList?

    /// Makes it, unless its name is taken or its boundary is no policy.
    func make(in vault: any VaultWriting) throws(APIError) -> TaggedPrincipal {
        let (kind, name, account) = (principal.kind, principal.name, principal.account)
        guard try vault.principal(kind, named: name, in: account) == nil else {
            throw .principalExists(kind, name)
        }
        if let arn = principal.boundaryARN { try vault.checkAttachable(arn, to: principal) }
        let tags = try tagList?.tags() ?? []
        let made = try vault.insert(principal)
        if !tags.isEmpty { try vault.setTags(tags, of: made) }
        return TaggedPrincipal(principal: made, tags: tags)
    }
}
