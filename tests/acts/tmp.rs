use super::{look, weights};
#[test]
fn tmp() {
    let model = weights();
    for s in ["The envoy thanked Austria for its advice and promised to publish the accounts.","The envoy promised to publish the accounts.","He thanked the mayor and invited her to visit Bergen in June.","He invited her to visit Bergen in June.","He thanked the mayor and promised to visit Bergen in June.","She thanked Norway for its aid, and said that her country would send nurses.", "Ms. Lund thanked Japan for the loan and asked it to open its market.", "The two ministers discussed fisheries and agreed to meet again.", "He congratulated her on her election and said that Norway will support the plan.","She said that she hoped the treaty would be signed soon.","The United States should lift the sanctions, he said.","It is important that both sides keep talking, the minister said.","He stressed the need for dialogue.","The government plans to build four hospitals.","We owe you a great debt.","Let us work together to end this war.","The ministers welcomed the opening of the embassy.","The minister voiced hope for closer cooperation.","I assure you that we will not rest until the last hostage is home.","If Spain pays, we will open the gate.","The president will travel to Oslo on Monday.","He reaffirmed his country's commitment to the treaty.","He said he could not promise anything.", "The minister said he had thanked the king in 2003.", "Critics say the government should resign.","The rebels threatened to attack the port.","They agreed on the importance of trade."] {
        let l = look(s);
        let f = &l.features.sentences[0];
        println!("{:.2} {:.2} {:.2} {s}", model.score(f,0), model.score(f,1), model.score(f,2));
    }
}
