internal import AccessControl
package import Notation

/// The policies of keys: what is accepted as one, and those that AWS attaches by itself.
///
/// [Key policies](https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html)
package enum KeyPolicy {
    /// The one name that a key's policy can have.
    static let name = "default"

    /// Bytes of the longest policy; the API's model would take more.
    static let maximumLength = 32_768

    /// Reads a policy that is to be attached to a key, and writes it as GetKeyPolicy answers it.
    static func parse(_ text: String, _ vault: any VaultReading) throws(APIError) -> String {
        guard text.utf8.count <= maximumLength else { throw .keyPolicyTooLong }
        let policy: PolicyDocument
        do {
            policy = try PolicyParser.parse(text, as: .key)
        } catch {
            throw .malformedKeyPolicy(error.category, cause: error.detail)
        }
        guard try vault.unknownPrincipal(in: policy) == nil else {
            throw .malformedKeyPolicy(.unsupportedPrincipal)
        }
        return policy.prettyText
    }

    /// What is wrong with a text that is to be a key's policy; nil when nothing is.
    static func fault(in text: String) -> String? {
        do {
            _ = try PolicyParser.parse(text, as: .key)
            return nil
        } catch {
            return error.detail
        }
    }

    /// A policy whose text was found good, as GetKeyPolicy answers it.
    package static func storedText(_ text: String) -> String {
        (try? PolicyParser.parse(text, as: .key))?.prettyText ?? text
    }

    /// The policy of a key that was made without one: its account decides by IAM.
    ///
    /// [Default key policy](https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html)
    package static func initial(in scope: Scope) -> String {
        """
        {
          "Version" : "2012-10-17",
          "Id" : "key-default-1",
          "Statement" : [ {
            "Sid" : "Enable IAM User Permissions",
            "Effect" : "Allow",
            "Principal" : {
              "AWS" : "\(scope.iamARN("root"))"
            },
            "Action" : "kms:*",
            "Resource" : "*"
          } ]
        }
        """
    }

    /// The policy of `aws/secretsmanager`.
    ///
    /// [Its text](https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html)
    static func ofManagedKey(in scope: Scope) -> String {
        let service = Partition.serviceHost("secretsmanager", in: scope.region)
        let sid =
            "Allow access through AWS Secrets Manager for all principals in the account that are"
            + " authorized to use AWS Secrets Manager"
        return """
            {
              "Version" : "2012-10-17",
              "Id" : "auto-secretsmanager-2",
              "Statement" : [ {
                "Sid" : "\(sid)",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "*"
                },
                "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:CreateGrant", "kms:DescribeKey" ],
                "Resource" : "*",
                "Condition" : {
                  "StringEquals" : {
                    "kms:CallerAccount" : "\(scope.account)",
                    "kms:ViaService" : "\(service)"
                  }
                }
              }, {
                "Sid" : "\(sid)",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "*"
                },
                "Action" : "kms:GenerateDataKey*",
                "Resource" : "*",
                "Condition" : {
                  "StringEquals" : {
                    "kms:CallerAccount" : "\(scope.account)"
                  },
                  "StringLike" : {
                    "kms:ViaService" : "\(service)"
                  }
                }
              }, {
                "Sid" : "Allow direct access to key metadata to the account",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "\(scope.iamARN("root"))"
                },
                "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
                "Resource" : "*"
              } ]
            }
            """
    }
}
