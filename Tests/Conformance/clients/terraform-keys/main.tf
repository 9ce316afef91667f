# A second apply with other values exercises UpdateKeyDescription, DisableKey, EnableKeyRotation,
# PutKeyPolicy, TagResource, UntagResource and UpdateAlias.
variable "description" { default = "for secrets" }
variable "tags" {
  type    = map(string)
  default = { env = "dev", owner = "payments" }
}
variable "rotates" { default = false }
variable "second" { default = false }

data "aws_caller_identity" "me" {}

resource "aws_kms_key" "first" {
  description             = var.description
  deletion_window_in_days = 7
  enable_key_rotation     = var.rotates
  tags                    = var.tags
}

resource "aws_kms_key" "second" {
  is_enabled   = var.second
  multi_region = true
}

resource "aws_kms_key_policy" "second" {
  key_id = aws_kms_key.second.id
  policy = jsonencode({
    Version = "2012-10-17"
    Id      = var.description
    Statement = [{
      Sid       = "Enable IAM User Permissions"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "app" {
  name          = "alias/app"
  target_key_id = var.second ? aws_kms_key.second.key_id : aws_kms_key.first.key_id
}

resource "aws_secretsmanager_secret" "app" {
  name                    = "app"
  kms_key_id              = aws_kms_key.first.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = "invented"
}

resource "aws_secretsmanager_secret" "by_alias" {
  name                    = "by-alias"
  kms_key_id              = aws_kms_alias.app.name
  recovery_window_in_days = 0
}

data "aws_kms_key" "by_alias" {
  key_id     = "alias/app"
  depends_on = [aws_kms_alias.app]
}

data "aws_kms_alias" "managed" {
  name = "alias/aws/secretsmanager"
}

output "key" { value = aws_kms_key.first.arn }
output "found" { value = data.aws_kms_key.by_alias.arn }
output "managed" { value = data.aws_kms_alias.managed.target_key_arn }
