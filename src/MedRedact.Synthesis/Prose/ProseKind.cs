namespace MedRedact.Synthesis;

/// <summary>What a labelled text is about, and in which language.</summary>
public enum ProseKind
{
    /// <summary>English notes, letters, forms and messages of clinical care.</summary>
    Clinical = 0,

    /// <summary>English text of any other kind: mail, chats, orders, news, addresses; much of it names nobody.</summary>
    General = 1,

    /// <summary>Spanish clinical cases, forms and letters.</summary>
    Spanish = 2,
}
