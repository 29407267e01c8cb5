# The keys of the ring, one a zone and generation, are made by MedRedact under this policy (AwsKmsOptions.KeyPolicy): keys that something else made are refused (MR-KEY-047).
data "aws_iam_policy_document" "ring" {
  statement {
    sid       = "TheAccountStaysAbleToChangeThis"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:root"]
    }
  }

  statement {
    sid       = "OnlyHostsUseKeys"
    effect    = "Deny"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:Sign", "kms:GenerateMac"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:PrincipalArn"
      values   = [for role in aws_iam_role.host : role.arn]
    }
  }

  statement {
    sid       = "NoKeyGoesAtOnce"
    effect    = "Deny"
    actions   = ["kms:ScheduleKeyDeletion"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "NumericLessThan"
      variable = "kms:ScheduleKeyDeletionPendingWindowInDays"
      values   = ["7"]
    }
  }
}

# Whoever makes, rotates and destroys keys: people, not hosts. Attach it where they sign in with a second factor.
data "aws_iam_policy_document" "custodian" {
  statement {
    sid       = "MakeKeys"
    actions   = ["kms:CreateKey", "kms:TagResource"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/medredact-ring"
      values   = [var.ring]
    }
  }

  statement {
    sid       = "NameKeys"
    actions   = ["kms:CreateAlias", "kms:DeleteAlias"]
    resources = [local.aliases, local.keys]
  }

  statement {
    sid       = "LiveKeys"
    actions   = ["kms:DescribeKey", "kms:UpdateKeyDescription", "kms:EnableKey", "kms:DisableKey", "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"]
    resources = [local.keys]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/medredact-ring"
      values   = [var.ring]
    }
  }

  statement {
    sid       = "FindKeys"
    actions   = ["kms:ListAliases"]
    resources = ["*"]
  }

  statement {
    sid       = "OnlyWithASecondFactor"
    effect    = "Deny"
    actions   = ["kms:DisableKey", "kms:ScheduleKeyDeletion", "kms:DeleteAlias"]
    resources = [local.aliases, local.keys]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "custodian" {
  name   = "medredact-${var.ring}-custodian"
  policy = data.aws_iam_policy_document.custodian.json
}

output "key_policy" {
  description = "For AwsKmsOptions.KeyPolicy."
  value       = data.aws_iam_policy_document.ring.json
}

output "lock_proofs_for_years" {
  description = "For S3ZoneStoreOptions.LockProofsForYears: the host locks each proof as it stores it."
  value       = var.keep_proofs_years
}

output "roles" {
  description = "What each host takes on."
  value       = { for name, role in aws_iam_role.host : name => role.arn }
}
