// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/export_choice.h"

#include "export/format_choices.h"
#include "export/formats.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace ui
{
namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("ExportChoice", text);
}

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

const exporters::Format &formatOf(const ExportChoice &choice)
{
    const exporters::Format *format = exporters::findFormat(choice.format.toStdString());
    if (format && format->canWrite())
        return *format;
    for (const auto &one : exporters::allFormats()) {
        if (one->canWrite())
            return *one;
    }
    Q_UNREACHABLE();
}

QString proposedTarget(const exporters::Format &format, const QString &imageRoot,
                       const QString &own)
{
    const bool isFile = format.layout() == exporters::Layout::File;
    const QDir root(imageRoot);
    const QFileInfo pictures(root.absolutePath());
    const QDir place = isFile ? root : pictures.dir();
    const QString name = isFile ? QStringLiteral("annotations")
                                : pictures.fileName() + QLatin1Char('-') + toQString(format.name());
    const QString end =
        isFile ? QLatin1Char('.') + toQString(exporters::choicesOf(format).extension) : QString();
    QString target = place.filePath(name + end);
    for (int number = 2; QFileInfo::exists(target) && !(isFile && target == own); ++number)
        target = place.filePath(name + QStringLiteral("-%1").arg(number) + end);
    return target;
}

QString whyNot(const exporters::Format &format, const QString &target)
{
    if (target.trimmed().isEmpty())
        return tr("Say where it is to be written.");
    const QFileInfo info(target);
    if (format.layout() == exporters::Layout::File)
        return info.isDir() ? tr("There is a folder of this name. Add a file name.") : QString();
    if (info.isFile())
        return tr("There is a file of this name. Choose another name for the folder.");
    if (info.isDir() && !QDir(target).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System |
                                              QDir::NoDotAndDotDot))
        return tr("This folder has something in it. Choose an empty or a new one.");
    return {};
}

QString countSentence(const ExportCounts &counts)
{
    QString text = tr("%1 of %2 in %3")
                       .arg(objectCount(int(counts.objects)), categoryCount(counts.categories),
                            pictureCount(counts.pictures));
    if (counts.objects > 0 && counts.emptyPictures > 0) // else all of them are
        text += tr(", %1 of them without objects").arg(numberText(counts.emptyPictures));
    text += QLatin1Char('.');
    if (counts.proposals > 0)
        text += QLatin1Char(' ') + (counts.proposals == 1
                                        ? tr("1 proposal waits for review and is not exported.")
                                        : tr("%1 proposals wait for review and are not exported.")
                                              .arg(numberText(counts.proposals)));
    return text;
}

QString exportedSentence(const exporters::WriteSummary &summary, const QString &target)
{
    QString text =
        tr("%1 in %2 written to %3.")
            .arg(objectCount(int(summary.annotations)), pictureCount(qsizetype(summary.images)),
                 QDir::toNativeSeparators(target));
    QStringList losses;
    for (const exporters::Loss &loss : summary.losses)
        losses << tr("%1 (%2)").arg(toQString(loss.what), numberText(qsizetype(loss.count)));
    if (!losses.isEmpty())
        text += QLatin1Char(' ') + tr("Not kept: %1.").arg(losses.join(QStringLiteral("; ")));
    return text;
}

} // namespace ui
