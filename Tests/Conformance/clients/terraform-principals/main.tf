# Who may read the secrets: a role for the task, a user for the pipeline, and what each may do.

variable "description" {
  default = "Reads the secrets of production"
}

data "aws_caller_identity" "this" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.pipeline.arn]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid       = "ReadProduction"
    actions   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = ["arn:aws:secretsmanager:*:${data.aws_caller_identity.this.account_id}:secret:prod/*"]
  }
}

data "aws_iam_policy_document" "boundary" {
  statement {
    actions   = ["secretsmanager:*", "sts:AssumeRole"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "read" {
  name        = "read-production"
  path        = "/secrets/"
  description = "Reads secrets"
  policy      = data.aws_iam_policy_document.read.json
  tags        = { team = "payments" }
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = data.aws_iam_policy_document.boundary.json
}

resource "aws_iam_role" "task" {
  name                 = "task"
  path                 = "/service/"
  description          = var.description
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 7200
  permissions_boundary = aws_iam_policy.boundary.arn
  tags                 = { team = "payments" }
}

resource "aws_iam_role_policy_attachment" "task" {
  role       = aws_iam_role.task.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.task.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "inline" {
  name   = "list"
  role   = aws_iam_role.task.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:ListSecrets", Resource = "*" }]
  })
}

resource "aws_iam_user" "pipeline" {
  name          = "pipeline"
  path          = "/ci/"
  force_destroy = true
  tags          = { team = "payments" }
}

resource "aws_iam_access_key" "pipeline" {
  user = aws_iam_user.pipeline.name
}

resource "aws_iam_user_policy" "pipeline" {
  name   = "assume"
  user   = aws_iam_user.pipeline.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.task.arn }]
  })
}

resource "aws_iam_user_policy_attachment" "pipeline" {
  user       = aws_iam_user.pipeline.name
  policy_arn = aws_iam_policy.read.arn
}

output "access_key_id" {
  value = aws_iam_access_key.pipeline.id
}

output "secret_access_key" {
  value     = aws_iam_access_key.pipeline.secret
  sensitive = true
}

output "role_arn" {
  value = aws_iam_role.task.arn
}

resource "aws_iam_account_alias" "this" {
  account_alias = "account-${data.aws_caller_identity.this.account_id}"
}

data "aws_iam_account_alias" "this" {
  depends_on = [aws_iam_account_alias.this]
}

data "aws_iam_principal_policy_simulation" "read" {
  action_names      = ["secretsmanager:GetSecretValue"]
  policy_source_arn = aws_iam_user.pipeline.arn
  resource_arns = [
    "arn:aws:secretsmanager:us-east-1:${data.aws_caller_identity.this.account_id}:secret:prod/db-AbCdEf",
  ]
  depends_on = [aws_iam_user_policy_attachment.pipeline]
}

output "account_alias" {
  value = data.aws_iam_account_alias.this.account_alias
}

output "may_read" {
  value = data.aws_iam_principal_policy_simulation.read.all_allowed
}
