# A second apply with other values exercises UpdateSecret, TagResource, UntagResource, PutSecretValue.
variable "description" { default = "database login" }
variable "password" { default = "first-invented-password" }
variable "tags" {
  type    = map(string)
  default = { env = "dev", owner = "payments" }
}

resource "aws_secretsmanager_secret" "database" {
  name                    = "terraform/database"
  description             = var.description
  recovery_window_in_days = 0 # destroy means ForceDeleteWithoutRecovery
  tags                    = var.tags
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ username = "app", password = var.password, engine = "postgres" })
}

resource "aws_secretsmanager_secret" "window" {
  name                    = "terraform/window"
  kms_key_id              = "alias/mine"
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret" "binary" {
  name_prefix             = "terraform-binary-"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "binary" {
  secret_id      = aws_secretsmanager_secret.binary.id
  secret_binary  = base64encode("binary \u0001 data")
  version_stages = ["AWSCURRENT", "blue"]
}

resource "aws_secretsmanager_secret" "replicated" {
  name                           = "terraform/replicated"
  recovery_window_in_days        = 0
  force_overwrite_replica_secret = true
  replica { region = "eu-west-1" }
}

resource "aws_secretsmanager_secret_policy" "database" {
  secret_arn = aws_secretsmanager_secret.database.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "ReadOnly"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}

data "aws_secretsmanager_random_password" "invented" {
  password_length            = 24
  exclude_punctuation        = true
  require_each_included_type = true
}

data "aws_secretsmanager_secret" "database" {
  name       = aws_secretsmanager_secret.database.name
  depends_on = [aws_secretsmanager_secret_version.database]
}

data "aws_secretsmanager_secret_version" "database" {
  secret_id  = aws_secretsmanager_secret.database.id
  depends_on = [aws_secretsmanager_secret_version.database]
}

data "aws_secretsmanager_secret_versions" "database" {
  secret_id  = aws_secretsmanager_secret.database.id
  depends_on = [aws_secretsmanager_secret_version.database]
}

data "aws_secretsmanager_secrets" "all" {
  filter {
    name   = "name"
    values = ["terraform/"]
  }
  depends_on = [aws_secretsmanager_secret_version.database]
}

# Ephemeral values are never written to the state (Terraform 1.10 and later).
ephemeral "aws_secretsmanager_random_password" "invented" { password_length = 20 }

ephemeral "aws_secretsmanager_secret_version" "database" {
  secret_id = aws_secretsmanager_secret_version.database.secret_id
}

# Nor are write-only arguments (Terraform 1.11 and later).
resource "aws_secretsmanager_secret" "write_only" {
  name                    = "terraform/write-only"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "write_only" {
  secret_id                = aws_secretsmanager_secret.write_only.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.invented.random_password
  secret_string_wo_version = 1
}

resource "aws_secretsmanager_secret_version" "copied" {
  secret_id                = aws_secretsmanager_secret.window.id
  secret_string_wo         = ephemeral.aws_secretsmanager_secret_version.database.secret_string
  secret_string_wo_version = 1
}

output "arn" { value = data.aws_secretsmanager_secret.database.arn }
output "names" { value = sort(data.aws_secretsmanager_secrets.all.names) }
output "versions" { value = length(data.aws_secretsmanager_secret_versions.database.versions) }
output "username" {
  value = nonsensitive(jsondecode(data.aws_secretsmanager_secret_version.database.secret_string)["username"])
}
output "password_length" {
  value = nonsensitive(length(data.aws_secretsmanager_random_password.invented.random_password))
}
