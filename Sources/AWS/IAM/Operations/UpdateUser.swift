internal import Notation

/// Gives a user another name or path.
///
/// [UpdateUser](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html).
/// Errors: NoSuchEntity, EntityAlreadyExists.
package struct UpdateUser: WriteOperation, PrincipalOperation {
    package typealias Holder = Users
    package typealias Response = EmptyResponse

    package static let action = IAMAction.updateUser

    package let name: String?
    private let newName: String?
    private let newPath: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("UserName")
        newName = try members.string("NewUserName")
        newPath = try members.string("NewPath")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.newUserName(newName, at: "newUserName")
        constraints.path(newPath, at: "newPath")
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var user = try call.principal
        if let newName {
            let taken = try vault.principal(.user, named: newName, in: user.account)
            guard taken == nil || taken?.id == user.id else {
                throw .principalExists(.user, newName)
            }
            user.name = newName
        }
        if let newPath { user.path = newPath }
        try vault.update(user)
        return EmptyResponse()
    }
}
