namespace MedRedact.Synthesis;

/// <summary>One illness as Spanish paperwork tells it.</summary>
internal sealed record SpanishCase(
    TrueDiagnosis[] Diagnoses, string Service, string Complaint, Func<SpanishScene, Prose> Story, Func<SpanishScene, Prose> Course, string[] History, TrueMedication[] Medications, string Exam);

internal static class SpanishCases
{
    public static readonly SpanishCase[] All =
    [
        new(
            [new("I50.9", "Insuficiencia cardiaca descompensada"), new("I10", "Hipertensión arterial"), new("E11.9", "Diabetes mellitus tipo 2")],
            "Cardiología", "Disnea y edemas en miembros inferiores",
            s => $"{s.Sex} de {s.Age}, {s.Profession}, con cardiopatía isquémica conocida, que acude a Urgencias el {s.On(s.Admitted)} por disnea progresiva de una semana de evolución y edemas. Su {s.Patient.Relation}, {s.KinName}, refiere que abandonó la medicación hacia el {SpanishScene.OnShort(s.Admitted.AddDays(-12))} durante un viaje a {new Fact(s.Random.Pick(SpanishPlaces.All).City, FactKind.City)}. No dolor torácico ni fiebre.",
            s => $"Se inició tratamiento con furosemida intravenosa con buena respuesta. Fue valorad{s.O} por {s.Consultant.TheTitle} {s.Consultant.Last} el {s.OnWritten(s.Admitted.AddDays(1))}, que recomendó ajustar el tratamiento. El ecocardiograma previo, de {SpanishScene.In(s.Admitted.AddDays(-300))}, mostraba una fracción de eyección del 35%. La evolución fue favorable.",
            ["Cardiopatía isquémica crónica", "Hipertensión arterial", "Diabetes mellitus tipo 2", "Exfumador desde hace diez años", "Síndrome de Raynaud"],
            [new("furosemida", "40 mg", "vía oral", "cada 12 horas"), new("bisoprolol", "2,5 mg", "vía oral", "cada 24 horas"), new("metformina", "850 mg", "vía oral", "cada 12 horas"), new("atorvastatina", "40 mg", "vía oral", "por la noche")],
            "Consciente y orientado. Ingurgitación yugular. Crepitantes bibasales. Edemas con fóvea hasta las rodillas. Abdomen blando y depresible, signo de Murphy negativo."),
        new(
            [new("J18.9", "Neumonía adquirida en la comunidad"), new("J44.1", "EPOC reagudizada")],
            "Neumología", "Fiebre y tos productiva",
            s => $"{s.Title} {s.Name}, de {s.Age}, trabaja como {s.Profession} en {s.Employer}. Consulta el {s.OnWritten(s.Admitted)} por fiebre de 39 grados, escalofríos y tos con expectoración purulenta desde el {SpanishScene.OnShort(s.Admitted.AddDays(-4))}. Convive con su {s.Patient.Relation} en {s.City}. Su médico de cabecera, {s.PrimaryCare.TheTitle} {s.PrimaryCare.Full}, había pautado azitromicina sin mejoría.",
            s => $"Se inició ceftriaxona. Los hemocultivos extraídos el {s.At(s.Admitted)} fueron positivos para Streptococcus pneumoniae. La enfermera {s.Nurse.Full} adiestró en el uso de inhaladores. Se informó a la familia ({s.KinName}, tel. {s.KinPhone}).",
            ["EPOC moderada", "Tabaquismo de 40 paquetes-año", "Esófago de Barrett", "Apendicectomía en la infancia"],
            [new("amoxicilina-clavulánico", "875/125 mg", "vía oral", "cada 8 horas"), new("prednisona", "30 mg", "vía oral", "cada 24 horas"), new("tiotropio", "18 mcg", "vía inhalada", "cada 24 horas")],
            "Regular estado general, febril. Crepitantes en base derecha. Tonos rítmicos sin soplos. Abdomen anodino. No edemas."),
        new(
            [new("S72.00", "Fractura de cuello de fémur derecho"), new("M81.0", "Osteoporosis")],
            "Traumatología", "Dolor en cadera derecha tras caída",
            s => $"{s.Sex} de {s.Age} que sufre una caída en su domicilio, {s.Street}, de {s.City}, el {s.On(s.Admitted)}. La encontró su vecina {s.SomeWoman()}. Es trasladad{s.O} en ambulancia. Presenta dolor e impotencia funcional en la cadera derecha.",
            s => $"Fue intervenid{s.O} por {s.Attending.TheTitle} {s.Attending.Last} el {s.On(s.Admitted.AddDays(1))} mediante hemiartroplastia, sin complicaciones. Inició la deambulación con andador el {SpanishScene.OnShort(s.Admitted.AddDays(3))}. Se comentó el plan con su {s.Patient.Relation}, {s.KinName}.",
            ["Osteoporosis", "Hipotiroidismo", "Cataratas intervenidas", "Enfermedad de Parkinson"],
            [new("enoxaparina", "40 mg", "vía subcutánea", "cada 24 horas"), new("paracetamol", "1 g", "vía oral", "cada 8 horas"), new("levotiroxina", "75 mcg", "vía oral", "en ayunas"), new("omeprazol", "20 mg", "vía oral", "cada 24 horas")],
            "Miembro inferior derecho acortado y en rotación externa. Pulsos distales conservados. Signo de Homans negativo."),
        new(
            [new("K80.0", "Colecistitis aguda litiásica"), new("E78.0", "Hipercolesterolemia")],
            "Cirugía General", "Dolor en hipocondrio derecho",
            s => $"Paciente de {s.Age} remitid{s.O} por {s.PrimaryCare.TheTitle} {s.PrimaryCare.Last} por dolor en hipocondrio derecho y vómitos desde el {s.On(s.Admitted.AddDays(-2))}. Intervenid{s.O} de hernia inguinal en {SpanishScene.In(s.Admitted.AddDays(-900))} en {new Fact("Clínica Santa Casilda", FactKind.Facility)}. Acude acompañad{s.O} por {s.KinName}, su {s.Patient.Relation}.",
            s => $"La ecografía confirmó una colecistitis aguda. Se realizó colecistectomía laparoscópica el {s.OnWritten(s.Admitted.AddDays(1))} ({s.Attending.Title} {s.Attending.Full}, ayudante {s.Consultant.Full}). Postoperatorio sin incidencias. {s.Title} {s.Last} tolera dieta.",
            ["Hipercolesterolemia", "Hernia inguinal intervenida", "Sin hábitos tóxicos"],
            [new("metamizol", "575 mg", "vía oral", "cada 8 horas"), new("simvastatina", "20 mg", "vía oral", "por la noche"), new("omeprazol", "20 mg", "vía oral", "cada 24 horas")],
            "Afebril. Abdomen doloroso en hipocondrio derecho, signo de Murphy positivo, sin irritación peritoneal."),
    ];
}
