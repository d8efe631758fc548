// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/import_words.h"

#include "ui/widgets/words.h"

#include <QCoreApplication>

namespace ui
{
namespace
{

constexpr qsizetype mostNames = 3;      // in a line
constexpr qsizetype mostPictures = 200; // in the list of what is missing

QString tr(const char *text)
{
    return QCoreApplication::translate("ImportWords", text);
}

/// "cat, dog, tree and 5 more"
QString listed(const std::vector<std::string> &names)
{
    QStringList list;
    for (const std::string &name : names) {
        if (list.size() < mostNames)
            list << QString::fromStdString(name);
    }
    const QString text = list.join(QStringLiteral(", "));
    const auto more = qsizetype(names.size()) - list.size();
    return more > 0 ? tr("%1 and %2 more").arg(text, numberText(more)) : text;
}

QString objectText(const ImportPreview &preview)
{
    QStringList parts;
    if (preview.objects > 0 || preview.boxes == 0)
        parts << objectCount(int(preview.objects));
    if (preview.boxes > 0)
        parts << (preview.boxes == 1 ? tr("1 box without a mask, as a proposal to be reviewed")
                                     : tr("%1 boxes without a mask, as proposals to be reviewed")
                                           .arg(numberText(qsizetype(preview.boxes))));
    return parts.join(QLatin1Char('\n'));
}

QString pictureText(const ImportReading &reading)
{
    const auto found = qsizetype(reading.annotations.sizes.size()); // one each
    QString text = tr("%1 of this project").arg(pictureCount(found));
    const std::vector<std::string> &missing = reading.annotations.missing;
    if (!missing.empty())
        text += QLatin1Char('\n') + tr("Not found here: %1").arg(listed(missing));
    return text;
}

QString categoryText(const ImportPreview &preview)
{
    QString text = numberText(qsizetype(preview.categories));
    if (!preview.newCategories.empty())
        text += tr(", new: %1").arg(listed(preview.newCategories));
    return text;
}

QString leftOutText(const ImportPreview &preview)
{
    QStringList parts;
    const auto add = [&](std::size_t count, const QString &why) {
        if (count > 0)
            parts << tr("%1 %2").arg(objectCount(int(count)), why);
    };
    add(preview.elsewhere, tr("in pictures that are not found"));
    add(preview.otherSize, tr("drawn on a picture of another size"));
    add(preview.pixelless, tr("without a pixel"));
    return parts.join(QLatin1Char('\n'));
}

} // namespace

QList<ImportLine> importLines(const ImportReading &reading)
{
    QList<ImportLine> lines{{tr("Objects"), objectText(reading.preview)},
                            {tr("Categories"), categoryText(reading.preview)},
                            {tr("Pictures"), pictureText(reading)}};
    if (const QString leftOut = leftOutText(reading.preview); !leftOut.isEmpty())
        lines << ImportLine{tr("Left out"), leftOut};
    return lines;
}

QStringList importProblems(const ImportReading &reading)
{
    QStringList lines;
    for (const exporters::Finding &finding : reading.findings.told())
        lines << QString::fromStdString(exporters::toText(finding));
    const auto count = qsizetype(reading.findings.errors() + reading.findings.warnings());
    if (count > lines.size())
        lines << tr("… and %1 more.").arg(numberText(count - lines.size()));
    const std::vector<std::string> &missing = reading.annotations.missing;
    for (qsizetype i = 0; i < qMin(qsizetype(missing.size()), mostPictures); ++i)
        lines << tr("%1 is not among the pictures of this project.")
                     .arg(QString::fromStdString(missing[std::size_t(i)]));
    if (qsizetype(missing.size()) > mostPictures)
        lines << tr("… and %1 more pictures.")
                     .arg(numberText(qsizetype(missing.size()) - mostPictures));
    return lines;
}

QString importedSentence(const ImportPlan &plan, bool changed)
{
    const std::size_t objects = plan.objects->size(), boxes = plan.proposals->size();
    QString text;
    if (objects > 0 || boxes == 0)
        text =
            objects == 0 && changed
                ? tr("No new objects; what the file says of categories, pictures or licences was "
                     "imported.")
            : objects == 0
                ? tr("Nothing new was imported.")
                : tr("%1 imported into %2.")
                      .arg(objectCount(int(objects)), pictureCount(qsizetype(plan.pictures)));
    const auto add = [&text](const QString &sentence) {
        if (!text.isEmpty())
            text += QLatin1Char(' ');
        text += sentence;
    };
    if (boxes > 0)
        add(boxes == 1 ? tr("1 box waits for review.")
                       : tr("%1 boxes wait for review.").arg(numberText(qsizetype(boxes))));
    if (!plan.replaced.empty())
        add(tr("Replaced: %1.").arg(objectCount(int(plan.replaced.size()))));
    if (plan.skippedPictures > 0)
        add(tr("Left as they were: %1.").arg(pictureCount(qsizetype(plan.skippedPictures))));
    if (const std::size_t known =
            plan.sameObjects + plan.knownProposals.objects + plan.knownProposals.waiting;
        known > 0)
        add(tr("Already here: %1.").arg(numberText(qsizetype(known))));
    return text;
}

} // namespace ui
