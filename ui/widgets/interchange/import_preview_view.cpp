// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/import_preview_view.h"

#include "ui/widgets/interchange/dialog_parts.h"
#include "ui/widgets/interchange/import_words.h"
#include "ui/widgets/theme/theme.h"
#include "ui/widgets/words.h"

#include <QButtonGroup>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ui
{

ImportPreviewView::ImportPreviewView(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3 * metrics::space);
    auto *lines = new QWidget;
    m_lines = formLayout(lines);
    layout->addWidget(headingLabel(tr("What is in it")));
    layout->addWidget(lines);

    m_problemPart = new QWidget;
    auto *column = new QVBoxLayout(m_problemPart);
    column->setContentsMargins(0, 0, 0, 0);
    m_problemHeading = new QLabel;
    m_problems = new QListWidget;
    m_problems->setObjectName(QStringLiteral("problems"));
    m_problems->setWordWrap(true);
    m_problems->setSelectionMode(QAbstractItemView::NoSelection);
    m_problems->setMinimumHeight(3 * metrics::row);
    column->addWidget(m_problemHeading);
    column->addWidget(m_problems, 1);
    layout->addWidget(m_problemPart, 1);

    m_existingPart = existingPart();
    layout->addWidget(m_existingPart);
    layout->addStretch(0);
}

QWidget *ImportPreviewView::existingPart()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * metrics::space);
    m_existingHeading = headingLabel({});
    m_existingHeading->setWordWrap(true);
    layout->addWidget(m_existingHeading);
    m_existing = new QButtonGroup(this);
    const auto add = [&](ExistingObjects choice, const char *name, const QString &text) {
        auto *button = new QRadioButton(text);
        button->setObjectName(QLatin1String(name));
        m_existing->addButton(button, int(choice));
        layout->addWidget(button);
        return button;
    };
    add(ExistingObjects::Add, "add", tr("Add beside them; what is there already is left out"))
        ->setChecked(true);
    add(ExistingObjects::Replace, "replace", tr("Replace them"));
    add(ExistingObjects::Skip, "skip", tr("Leave these pictures as they are"));
    return part;
}

void ImportPreviewView::setReading(const ImportReading &reading)
{
    while (m_lines->rowCount() > 0)
        m_lines->removeRow(0);
    for (const ImportLine &line : importLines(reading)) {
        auto *what = new QLabel(line.what);
        what->setProperty("muted", true);
        what->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_lines->addRow(what, wrappedLabel(line.text));
    }
    const QStringList problems = importProblems(reading);
    m_problems->clear();
    m_problems->addItems(problems);
    m_problemPart->setVisible(!problems.isEmpty());
    const auto broken = qsizetype(reading.findings.errors() + reading.findings.warnings());
    m_problemHeading->setText(
        broken == 0 ? tr("Not found")
        : broken == 1
            ? tr("1 entry is wrong; the rest can be imported")
            : tr("%1 entries are wrong; the rest can be imported").arg(numberText(broken)));
    const ImportPreview &preview = reading.preview;
    m_existingPart->setVisible(preview.occupied > 0);
    m_existingHeading->setText(
        preview.occupied == 1
            ? tr("1 of the pictures has objects already (%1)")
                  .arg(objectCount(int(preview.present)))
            : tr("%1 of the pictures have objects already (%2)")
                  .arg(numberText(qsizetype(preview.occupied)), objectCount(int(preview.present))));
    m_isWorthwhile = preview.objects + preview.boxes > 0 || !preview.newCategories.empty();
}

ExistingObjects ImportPreviewView::existing() const
{
    return ExistingObjects(m_existing->checkedId());
}

} // namespace ui
