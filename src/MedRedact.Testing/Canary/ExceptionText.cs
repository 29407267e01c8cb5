using System.Collections;
using System.Text;

namespace MedRedact.Testing;

internal static class ExceptionText
{
    /// <summary>Message, help link, source and data of one exception.</summary>
    public static string Of(Exception exception)
    {
        var text = new StringBuilder();
        text.AppendLine(exception.Message).AppendLine(exception.HelpLink).AppendLine(exception.Source);
        if (exception is FileNotFoundException { FileName: { } file })
            text.AppendLine(file);
        foreach (DictionaryEntry entry in exception.Data)
            text.Append(entry.Key).Append('=').Append(entry.Value).AppendLine();
        return text.ToString();
    }
}
