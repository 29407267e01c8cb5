namespace MedRedact.Redaction;

/// <summary>The codes of redaction (<c>MR-RED</c>), each with the fixed text that says what to do. All of them withhold the page.</summary>
internal static class RedactionFaults
{
    /// <summary>A finding lies outside the text or the page, or names no category: a detector is faulty. Remove or repair the detector that reported it.</summary>
    public static readonly FaultCode OutsidePage = new("MR-RED-001");

    /// <summary>The pixels that were opened for redaction are not those that were read. Check that the page source opens a page twice alike.</summary>
    public static readonly FaultCode OtherPixels = new("MR-RED-002");

    /// <summary>A finding has words without a place on the page, so its ink cannot be covered. Repair the engine or reader that made the text.</summary>
    public static readonly FaultCode NoPlace = new("MR-RED-003");

    /// <summary>Findings overlap: the core merges them before redaction, so this is a fault of MedRedact. Report it.</summary>
    public static readonly FaultCode Overlap = new("MR-RED-004");

    /// <summary>The tokenizer failed without a code of its own. Nothing leaves without its tokens: repair the tokenizer and run the document again.</summary>
    public static readonly FaultCode Tokenizer = new("MR-RED-005");

    /// <summary>There is no ink where the engine read the words of a finding, so its boxes lie elsewhere than the words. Check the engine's boxes and every
    /// transform of a preparation step.</summary>
    public static readonly FaultCode Misplaced = new("MR-RED-006");

    /// <summary>A removed value still stands in the clean text. Let a person redact the page, or add a detector that finds the value wherever it stands.</summary>
    public static readonly HoldReason TextResidue = new("MR-RED-010");

    /// <summary>A painted box holds other pixels than its fill and its label. Repair the label painter.</summary>
    public static readonly HoldReason PixelResidue = new("MR-RED-011");

    /// <summary>Beside a painted box a removed value, or a part of it, can still be read. Let a person redact the page; look at the word boxes of the engine.</summary>
    public static readonly HoldReason SurroundingResidue = new("MR-RED-012");

    /// <summary>When the whole clean page was read a second time, at another size, an identifier could be read on it. Let a person redact the page.</summary>
    public static readonly HoldReason SecondReadingResidue = new("MR-RED-013");

    /// <summary>The second reading of the whole clean page read less than half of what the first did, as of a page that lies on its side: it says nothing. Turn the scan upright, or let a person redact the page.</summary>
    public static readonly HoldReason SecondReadingSaysNothing = new("MR-RED-014");

    public static PageFaultException Fault(FaultCode code) => new(code, code.Value switch
    {
        "MR-RED-001" => "A finding lies outside the page or names no category. Remove or repair the detector that reported it.",
        "MR-RED-002" => "The page opened for redaction has another size than the page that was read. Check the page reader.",
        "MR-RED-003" => "A finding has no place on the page. Repair the engine or reader that made the text.",
        "MR-RED-005" => "The tokenizer failed. Repair it and run the document again.",
        "MR-RED-006" => "There is no ink where a finding was read. Check the engine's boxes and the transforms of the preparation.",
        _ => "Findings overlap. Report this fault of MedRedact.",
    });
}
