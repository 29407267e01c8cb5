using System.Collections.Immutable;
using MedRedact.Policies;

namespace MedRedact.Redaction;

/// <summary>What stands in a finding's place.</summary>
/// <param name="Replacement">The replacement.</param>
/// <param name="FellBack">Whether it is a label in place of what the policy asked for.</param>
internal readonly record struct ChosenReplacement(Replacement Replacement, bool FellBack);

/// <summary>Asks who serves a disposition for what should stand in a finding's place.</summary>
/// <remarks>Where a redactor fails or gives the value back, a label stands. A tokenizer that fails withholds the page or ends the run, and so do keys that a redactor does not get: what has lost its
/// token or pseudonym cannot be told from what never had one.</remarks>
internal sealed class ReplacementChooser
{
    private readonly ImmutableArray<IRedactor> _redactors;
    private readonly ITokenizer? _tokenizer;

    public ReplacementChooser(IDispositionPolicy policy, ImmutableArray<IRedactor> redactors, ITokenizer? tokenizer)
    {
        _redactors = policy is PolicyFile file
            ? [.. redactors.Select(redactor => redactor is IFollowsPolicy follower ? follower.Under(file) : redactor)]
            : redactors;
        _tokenizer = tokenizer;
    }

    /// <summary>The replacements of a page's findings, in their order.</summary>
    /// <param name="targets">What is replaced, and what the policy decided; not <see cref="Disposition.Keep"/>.</param>
    /// <param name="removed">All values removed from the page: a proposal that holds one of them is refused.</param>
    /// <param name="tokens">Where the values come from.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async ValueTask<ImmutableArray<ChosenReplacement>> ChooseAsync(
        ImmutableArray<(Disposition Disposition, RedactionTarget Target)> targets, ImmutableArray<RemovedValue> removed, TokenContext tokens,
        CancellationToken cancellationToken)
    {
        // The tokens of a page are made together: they are durable in one step.
        ImmutableArray<RedactionTarget> tokenized = _tokenizer is null
            ? []
            : [.. targets.Where(each => each.Disposition == Disposition.Tokenize).Select(each => each.Target)];
        Queue<Token> made = tokenized.IsEmpty ? [] : new(await TokenizeAsync(_tokenizer!, tokenized, tokens, cancellationToken));

        var chosen = ImmutableArray.CreateBuilder<ChosenReplacement>(targets.Length);
        foreach ((Disposition disposition, RedactionTarget target) in targets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chosen.Add(disposition == Disposition.Tokenize && _tokenizer is not null
                ? new(Replacement.For(made.Dequeue()), false)
                : await ChooseAsync(disposition, target, removed, cancellationToken));
        }

        return chosen.MoveToImmutable();
    }

    private async ValueTask<ChosenReplacement> ChooseAsync(
        Disposition disposition, RedactionTarget target, ImmutableArray<RemovedValue> removed, CancellationToken cancellationToken)
    {
        Replacement? proposed = null;
        try
        {
            proposed = await ProposeAsync(disposition, target, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (KeyServiceException failure)
        {
            // A plug-in's own text could quote the value: only the kind of failure goes on.
            throw KeyServiceException.Of(failure.Failure, failure.RetryAfter);
        }
#pragma warning disable CA1031 // A redactor that fails must not decide the fate of the page: the label is the safe answer to any fault.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        return proposed is not null && IsAcceptable(proposed, disposition, target, removed)
            ? new(proposed, false)
            : new(Replacement.Label(target.Finding.Category), disposition is not Disposition.Redact and not Disposition.Review);
    }

    private static async ValueTask<ImmutableArray<Token>> TokenizeAsync(
        ITokenizer tokenizer, ImmutableArray<RedactionTarget> targets, TokenContext context, CancellationToken cancellationToken)
    {
        try
        {
            ImmutableArray<Token> tokens = await tokenizer.TokenizeAsync(
                [.. targets.Select(target => new TokenizedValue(target.Value, target.Finding.Category))], context, cancellationToken);
            return !tokens.IsDefault && tokens.Length == targets.Length && targets.Zip(tokens).All(pair => SaysNothing(pair.Second, pair.First))
                ? tokens
                : throw RedactionFaults.Fault(RedactionFaults.Tokenizer);
        }
        catch (Exception fault) when (fault is not MedRedactException and not OperationCanceledException)
        {
            // What a plug-in throws may quote the value: only the code goes on.
            throw RedactionFaults.Fault(RedactionFaults.Tokenizer);
        }
    }

    private static bool SaysNothing(Token token, RedactionTarget target)
    {
        string own = FoldedText.Fold(target.Value.Reveal());
        return own.Length < 3 || !FoldedText.Fold(token.Value).Contains(own, StringComparison.Ordinal);
    }

    private async ValueTask<Replacement?> ProposeAsync(Disposition disposition, RedactionTarget target, CancellationToken cancellationToken)
    {
        // What waits for a person is redacted first; an unknown disposition is handled as zero, and so is a token that nobody can make.
        Disposition served = disposition is Disposition.Generalize or Disposition.ShiftDate or Disposition.Surrogate
            or Disposition.TokenizeOneWay or Disposition.Pseudonym or Disposition.FormatPreserving ? disposition : Disposition.Redact;
        IRedactor? redactor = _redactors.Where(each => each.Serves == served).MaxBy(each => Specificity(each, target.Finding.Category));
        return redactor is null || Specificity(redactor, target.Finding.Category) < 0 ? null : await redactor.ProposeAsync(target, cancellationToken);
    }

    /// <summary>2: names the very category, 1: its class, 0: serves all, -1: does not serve it.</summary>
    private static int Specificity(IRedactor redactor, PhiCategory category) =>
        redactor.Categories.IsDefaultOrEmpty ? 0
        : redactor.Categories.Contains(category) ? 2
        : redactor.Categories.Any(category.IsA) ? 1
        : -1;

    private static bool IsAcceptable(Replacement proposed, Disposition disposition, RedactionTarget target, ImmutableArray<RemovedValue> removed)
    {
        if (proposed.Kind == ReplacementKind.Kept)
            return false;

        if (proposed.Kind != ReplacementKind.Free || AgeBand.IsBand(proposed.Text))
            return true;

        string text = FoldedText.Fold(proposed.Text);
        string own = FoldedText.Fold(target.Value.Reveal());
        if (text.Length == 0 || proposed.Text.Any(char.IsControl) || (own.Length > 0 && text.Contains(own, StringComparison.Ordinal)))
            return false;

        // A shifted date may fall on another date of the page by chance, and an enciphered number may hold another one; that says nothing about either.
        return disposition == Disposition.ShiftDate
            || (disposition == Disposition.FormatPreserving && !removed.Any(value => FoldedText.Fold(value.Value.Reveal()) == text))
            || !removed.Any(value => FoldedText.Fold(value.Value.Reveal()) is { Length: >= 4 } other && text.Contains(other, StringComparison.Ordinal));
    }
}
